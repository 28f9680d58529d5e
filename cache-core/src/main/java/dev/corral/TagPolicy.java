package dev.corral;

import java.util.Collection;

/** Says which tags a value bears, by which it can be invalidated together with others. */
@FunctionalInterface
public interface TagPolicy<K, V> {

  /**
   * Returns the tags of a value that is about to be kept: not null, each from 1 to 256 bytes long
   * in UTF-8, and 64 of them at most.
   */
  Collection<String> tagsOf(K key, V value);
}
