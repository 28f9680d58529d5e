package dev.corral.remote;

import java.time.Duration;

/**
 * How long a failed key is left alone: after {@code n} failures in a row {@code min(cap, base ×
 * 2^(n-1)) × fraction}, at least one millisecond. The store counts the failures, since attempts
 * come from all nodes; a load that ends well (its value is published, extended or delivered) sets
 * the count back to zero.
 *
 * <p>With a random {@code fraction} this is "full jitter" (Exponential Backoff And Jitter, AWS
 * Architecture Blog, 2015).
 *
 * @param fraction what to take of the window, from 0 (exclusive) to 1 (inclusive)
 */
public record FailureBackoff(Duration base, Duration cap, double fraction) {

  /** Refuses values that make no sense. */
  public FailureBackoff {
    if (base.toMillis() < 1) {
      throw new IllegalArgumentException("base must be at least 1 ms: " + base);
    }
    if (cap.compareTo(base) < 0) {
      throw new IllegalArgumentException("cap must not be below base " + base + ": " + cap);
    }
    if (!(fraction > 0 && fraction <= 1)) {
      throw new IllegalArgumentException("fraction must be in (0, 1]: " + fraction);
    }
  }
}
