package dev.corral.origin;

import java.time.Duration;
import java.util.Objects;

/**
 * What a load asks of its origin.
 *
 * @param priority who wants it
 * @param patience how long it may queue and pause between attempts, all together
 * @param timeout how long one attempt may run before it is taken to hang: it then counts as failed,
 *     and holds no permit any more
 */
public record LoadRequest(Priority priority, Duration patience, Duration timeout) {

  /**
   * Refuses null, a patience that is negative, and a timeout that is not positive. What is longer
   * than 3650 days counts as that.
   */
  public LoadRequest {
    Objects.requireNonNull(priority, "priority");
    Objects.requireNonNull(patience, "patience");
    Objects.requireNonNull(timeout, "timeout");
    if (patience.isNegative()) {
      throw new IllegalArgumentException("patience must not be negative: " + patience);
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be positive: " + timeout);
    }
  }
}
