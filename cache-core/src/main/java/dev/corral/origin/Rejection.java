package dev.corral.origin;

import java.time.Duration;

/** A load was not begun, because its origin is to be spared. */
public final class Rejection extends Exception {

  private static final long serialVersionUID = 1L;

  private final Limit limit;
  private final Duration retryAfter;

  Rejection(String message, Limit limit, Duration retryAfter) {
    // Without a stack: thousands of these may be made in the very moment when there is too much to
    // do, and where a load begins is no news.
    super(message, null, false, false);
    this.limit = limit;
    this.retryAfter = retryAfter;
  }

  /** Returns which limit it was. */
  public Limit limit() {
    return limit;
  }

  /** Returns after what time it is worth trying again, as far as can be told. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
