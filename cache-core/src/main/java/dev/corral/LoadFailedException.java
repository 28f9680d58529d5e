package dev.corral;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The load of a key failed: the one that the caller ran, or one that it waited for, in this process
 * or another, or a recent one that the cluster remembers. One loader call, any number of these.
 */
public final class LoadFailedException extends CorralException {

  private static final long serialVersionUID = 1L;

  private final String cache;
  private final transient Object key;
  private final String failureType;
  private final @Nullable Duration retryAfter;

  /** A failure of a loader in this process. */
  LoadFailedException(String cache, Object key, Throwable cause) {
    super("Loading " + key + " for cache " + cache + " failed: " + cause, cause);
    this.cache = cache;
    this.key = key;
    this.failureType = cause.getClass().getName();
    this.retryAfter = null;
  }

  /** A failure of which another process told, or which the remote tier remembers. */
  LoadFailedException(
      String cache, Object key, String failureType, String failureMessage, Duration retryAfter) {
    super(
        "Loading %s for cache %s failed, next attempt in %d ms: %s: %s"
            .formatted(key, cache, retryAfter.toMillis(), failureType, failureMessage));
    this.cache = cache;
    this.key = key;
    this.failureType = failureType;
    this.retryAfter = retryAfter;
  }

  private LoadFailedException(LoadFailedException shared, @Nullable Duration retryAfter) {
    super(Objects.requireNonNull(shared.getMessage()), shared.getCause());
    this.cache = shared.cache;
    this.key = shared.key;
    this.failureType = shared.failureType;
    this.retryAfter = retryAfter;
  }

  /** The same failure for another caller, with the stack of that caller. */
  @Override
  LoadFailedException forAnotherCaller() {
    return new LoadFailedException(this, retryAfter);
  }

  /**
   * The same failure of a loader in this process, that of several keys, for another one of them.
   */
  LoadFailedException forKey(Object other) {
    return new LoadFailedException(cache, other, Objects.requireNonNull(getCause()));
  }

  /** The same failure, once it is known when the cluster tries again. */
  LoadFailedException withRetryAfter(Duration pause) {
    return new LoadFailedException(this, pause);
  }

  /** Returns the key that could not be loaded; null after this exception was serialized. */
  public Object key() {
    return key;
  }

  /**
   * Returns the class name of what the loader threw. {@link #getCause()} is that exception itself
   * if the loader ran in this process, else null.
   */
  public String failureType() {
    return failureType;
  }

  /** Returns after what time it is tried again, if the failure is remembered for a while. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
