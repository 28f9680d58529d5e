package dev.corral.idempotency;

import java.time.Duration;

/** Another call runs the action, and has not ended within the time that this one may wait. */
public final class InProgressException extends IdempotencyException {

  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  InProgressException(IdempotencyKey key, Duration retryAfter) {
    super(key, "%s is in progress, try again in %d ms".formatted(key, retryAfter.toMillis()));
    this.retryAfter = retryAfter;
  }

  /**
   * Returns after what time to ask again: by then there is an outcome, or the other call has died,
   * or it takes longer than usual.
   */
  public Duration retryAfter() {
    return retryAfter;
  }
}
