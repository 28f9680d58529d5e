package dev.corral;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Decides for how long a stale entry is served without another attempt to refresh it. */
final class RefreshPauses {

  private static final long SHORTEST_NANOS = Duration.ofMillis(10).toNanos();
  private static final long LONGEST_NANOS = Duration.ofMillis(500).toNanos();

  private final Duration backoffBase;
  private final Duration backoffCap;
  private final DoubleSupplier random;
  private final Ticker ticker;

  RefreshPauses(Duration backoffBase, Duration backoffCap, DoubleSupplier random, Ticker ticker) {
    this.backoffBase = backoffBase;
    this.backoffCap = backoffCap;
    this.random = random;
    this.ticker = ticker;
  }

  /** The cluster has said when it tries again. */
  RefreshPause until(Duration left) {
    return new RefreshPause(ticker.read() + left.toNanos(), 0);
  }

  /** Another node is at it, and is likely to need about as long as the last time. */
  RefreshPause forLoadOfCost(long costNanos) {
    long pause = Math.max(SHORTEST_NANOS, Math.min(LONGEST_NANOS, costNanos));
    return new RefreshPause(ticker.read() + pause, 0);
  }

  /**
   * This node's attempt failed: the cluster's pause if it has one, else exponential backoff with
   * full jitter (Exponential Backoff And Jitter, AWS Architecture Blog, 2015).
   *
   * @param last the pause that ended with this attempt, if any
   */
  RefreshPause afterFailure(@Nullable Duration retryAfter, @Nullable RefreshPause last) {
    int failures = last == null ? 1 : last.failures() + 1;
    long nanos = retryAfter != null ? retryAfter.toNanos() : drawNanos(failures);
    return new RefreshPause(ticker.read() + nanos, failures);
  }

  private long drawNanos(int failures) {
    double window = backoffBase.toNanos() * Math.pow(2, failures - 1.0);
    return (long) (Math.min((double) backoffCap.toNanos(), window) * (1 - random.getAsDouble()));
  }
}
