package dev.corral;

import dev.corral.origin.Limit;
import dev.corral.origin.Origin;
import dev.corral.origin.Rejection;
import java.time.Duration;
import java.util.Objects;

/**
 * A key was not loaded, because its {@linkplain Origin origin} is to be spared and there was
 * nothing to serve meanwhile. The loader has not been called.
 */
public final class LoadRejectedException extends CorralException {

  private static final long serialVersionUID = 1L;

  private final transient Object key;
  private final String origin;
  private final Limit limit;
  private final Duration retryAfter;

  LoadRejectedException(String cache, Object key, String origin, Rejection rejection) {
    super(
        "Loading %s for cache %s was rejected, try again in %d ms: %s"
            .formatted(key, cache, rejection.retryAfter().toMillis(), rejection.getMessage()));
    this.key = key;
    this.origin = origin;
    this.limit = rejection.limit();
    this.retryAfter = rejection.retryAfter();
  }

  private LoadRejectedException(LoadRejectedException shared, Object key) {
    super(Objects.requireNonNull(shared.getMessage()));
    this.key = key;
    this.origin = shared.origin;
    this.limit = shared.limit;
    this.retryAfter = shared.retryAfter;
  }

  /** The same rejection for another caller, with the stack of that caller. */
  @Override
  LoadRejectedException forAnotherCaller() {
    return new LoadRejectedException(this, key);
  }

  /** The same rejection, that of several keys, for another one of them. */
  LoadRejectedException forKey(Object other) {
    return new LoadRejectedException(this, other);
  }

  /** Returns the key that was not loaded; null after this exception was serialized. */
  public Object key() {
    return key;
  }

  /** Returns the name of the origin. */
  public String origin() {
    return origin;
  }

  /** Returns which of its limits it was. */
  public Limit limit() {
    return limit;
  }

  /** Returns after what time it is worth trying again, as far as can be told. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
