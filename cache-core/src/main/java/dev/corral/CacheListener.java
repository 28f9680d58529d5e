package dev.corral;

import dev.corral.origin.Limit;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Is told what happens in a cache. Called on the thread on which it happens, which may be a
 * caller's or the one that receives messages: an implementation is thread-safe, returns quickly and
 * does not call the cache. What it throws is logged and otherwise ignored.
 */
public interface CacheListener<K, V> {

  /**
   * A loader returned.
   *
   * @param value null if the origin has none
   * @param cost how long the loader ran
   */
  default void loaded(K key, @Nullable V value, Duration cost) {}

  /**
   * A loader threw.
   *
   * @param cost how long the loader ran
   */
  default void loadFailed(K key, Throwable failure, Duration cost) {}

  /** A load was not begun, because its origin was to be spared. */
  default void loadRejected(K key, Limit limit) {}

  /**
   * A stale value was served.
   *
   * @param staleFor how long ago it ceased to be fresh
   */
  default void staleServed(K key, Duration staleFor) {}

  /** A refresh in the background begins, of a value that is stale or soon will be. */
  default void refreshStarted(K key) {}

  /** A loaded value was refused, because its lease was lost or the key invalidated meanwhile. */
  default void publishRefused(K key) {}

  /**
   * A loaded value was handed to those who waited and kept nowhere, because it is older than what
   * an invalidation or a write has told of: it was read from a replica that lags, most likely.
   */
  default void versionRefused(K key) {}

  /** What this process held of a key was dropped. */
  default void invalidated(K key, InvalidationOrigin origin) {}

  /** Whatever this process holds that bears a tag is void. */
  default void tagInvalidated(String tag, InvalidationOrigin origin) {}

  /** All that this process held was dropped. */
  default void invalidatedAll(InvalidationOrigin origin) {}

  /**
   * An invalidation has not reached the remote tier, and is kept to be delivered later.
   *
   * @param keys empty if it is one of all keys
   */
  default void invalidationPending(Collection<? extends K> keys) {}

  /**
   * The invalidation of a tag has not reached the remote tier, and is kept to be delivered later.
   */
  default void tagInvalidationPending(String tag) {}

  /**
   * Invalidations that were pending have been delivered.
   *
   * @param count in keys and tags; all keys count as one
   */
  default void invalidationsReplayed(int count) {}

  /**
   * Messages about a 256th of the keys have been missed: what this process holds of them is checked
   * against the remote tier before it is served again.
   *
   * @param partition the index of that part
   */
  default void partitionSuspected(int partition) {}

  /**
   * The remote tier is away, and the cache goes on without it until {@link #remoteUp}. A step that
   * fails now and then is not told.
   *
   * @param failure of the last step
   */
  default void remoteDown(Throwable failure) {}

  /** The remote tier works again. */
  default void remoteUp() {}
}
