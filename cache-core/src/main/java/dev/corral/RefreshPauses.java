package dev.corral;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Decides for how long a stale entry is served without another attempt to refresh it. */
final class RefreshPauses {

  private static final long SHORTEST_NANOS = Duration.ofMillis(10).toNanos();
  private static final long LONGEST_NANOS = Duration.ofMillis(500).toNanos();

  private final Backoff backoff;
  private final Ticker ticker;

  RefreshPauses(Backoff backoff, Ticker ticker) {
    this.backoff = backoff;
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

  /** The origin takes no refreshes at present. */
  RefreshPause afterRejection(Duration retryAfter) {
    // Not for as long as a breaker stays open: the first miss that passes it shows that it is well.
    return new RefreshPause(ticker.read() + Math.min(retryAfter.toNanos(), backoff.capNanos()), 0);
  }

  /**
   * This node's attempt failed.
   *
   * @param told when the next attempt is due, as far as anybody knows
   * @param last the pause that ended with this attempt, if any
   */
  RefreshPause afterFailure(
      Throwable failure, @Nullable Duration told, @Nullable RefreshPause last) {
    int failures = last == null ? 1 : last.failures() + 1;
    long nanos = told != null ? told.toNanos() : backoff.drawNanos(failures, failure);
    return new RefreshPause(ticker.read() + nanos, failures);
  }
}
