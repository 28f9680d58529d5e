package dev.corral;

import org.jspecify.annotations.Nullable;

/**
 * A {@link Loader} that sees the value it is about to replace, and may decide for itself how long
 * the new one lives.
 */
@FunctionalInterface
public interface ContextLoader<K, V> {

  /**
   * Returns the value of a key, or null if the origin says that there is none.
   *
   * @param context valid during this call, on this thread
   * @throws Exception if the origin cannot say; everyone who waits for the key gets a {@link
   *     LoadFailedException} with this cause
   */
  @Nullable V load(K key, LoadContext<V> context) throws Exception;
}
