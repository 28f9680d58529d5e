package dev.corral;

import java.util.List;

/** What a caller changes: in this process, and in the remote tier if there is one. */
interface WritePath<K, V> {

  /** Voids what is held of a key, and holds this value instead. */
  void put(K key, V value);

  /** Voids what is held of some keys. */
  void invalidate(List<K> keys);

  /** Voids all that is held. */
  void invalidateAll();
}
