package dev.corral;

import java.util.Map;
import java.util.Set;

/** Reads the values of several keys from the origin in one go. */
@FunctionalInterface
public interface BulkLoader<K, V> {

  /**
   * Returns the values of the keys. A key that is missing from the answer has no value in the
   * origin; keys that were not asked for are ignored.
   *
   * @param keys unmodifiable, never empty, and no more than {@link
   *     CacheBuilder#maximumBatchSize(int)}
   * @throws PartialLoadException if the origin answered for some of the keys only; the others have
   *     failed, each with a cause of its own
   * @throws Exception if the origin cannot say; everyone who waits for one of the keys gets a
   *     {@link LoadFailedException} with this cause
   */
  Map<? extends K, ? extends V> loadAll(Set<? extends K> keys) throws Exception;
}
