package dev.corral;

import org.jspecify.annotations.Nullable;

/**
 * Reads the value of a key from the origin: a database, a service. Called on the thread of a caller
 * who found no usable value, or on the cache's executor for a refresh; never twice at a time for
 * one key while the remote tier answers.
 */
@FunctionalInterface
public interface Loader<K, V> {

  /**
   * Returns the value of a key, or null if the origin says that there is none.
   *
   * @throws Exception if the origin cannot say; everyone who waits for the key gets a {@link
   *     LoadFailedException} with this cause
   */
  @Nullable V load(K key) throws Exception;
}
