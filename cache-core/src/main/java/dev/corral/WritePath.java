package dev.corral;

import java.util.List;

/** What a caller changes: in this process, and in the remote tier if there is one. */
interface WritePath<K, V> {

  /** Voids what is held of a key, and holds this value instead. */
  void put(K key, V value);

  /** Runs a change that gives the key this value, and holds the value if nobody was in between. */
  <X extends Exception> void write(K key, V value, Change<X> change) throws X;

  /** Runs a change of a key; what is held of the key from before it is void afterwards. */
  <X extends Exception> void change(K key, Change<X> change) throws X;

  /**
   * Voids what is held of some keys.
   *
   * @param origin as listeners are told
   */
  void invalidate(List<K> keys, InvalidationOrigin origin);

  /** As {@link #invalidate(List, InvalidationOrigin)}, of one key; leaves a mark of the version. */
  void invalidate(K key, long version, InvalidationOrigin origin);

  /**
   * Voids all that is held.
   *
   * @param origin as listeners are told
   */
  void invalidateAll(InvalidationOrigin origin);

  /** Voids all that bears a tag. */
  void invalidateTag(String tag, InvalidationOrigin origin);

  /** Returns how many keys wait to be voided in the remote tier; all of them count as one. */
  int pending();
}
