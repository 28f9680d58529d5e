package dev.corral.origin;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Lets so many loads begin in each period. A miss waits for the next period, but not longer. */
final class RateGate implements Gate, Passage {

  private final String origin;
  private final int most;
  private final Duration period;
  private final RateLimiter limiter;
  private final Pauses pauses;

  RateGate(String origin, int most, Duration period, LongSupplier ticker, Pauses pauses) {
    this.origin = origin;
    this.most = most;
    this.period = period;
    this.pauses = pauses;
    RateLimiterConfig config =
        RateLimiterConfig.custom()
            .limitForPeriod(most)
            .limitRefreshPeriod(period)
            .timeoutDuration(period)
            .build();
    limiter = RateLimiter.of(origin, config, ticker::getAsLong);
  }

  @Override
  public Passage enter(Priority priority, long patienceNanos)
      throws Rejection, InterruptedException {
    if (priority == Priority.REFRESH && limiter.getMetrics().getAvailablePermissions() <= 0) {
      throw rejection();
    }
    long wait = limiter.reservePermission();
    if (wait < 0 || wait > patienceNanos) {
      throw rejection();
    }
    if (wait > 0) {
      pauses.pause(wait);
    }
    return this;
  }

  private Rejection rejection() {
    return new Rejection(
        "Origin %s takes no more loads: %d in %s".formatted(origin, most, period),
        Limit.RATE,
        period);
  }

  // What counts is that a load began.

  @Override
  public void ended(long nanos, @Nullable Throwable failure) {}

  @Override
  public void unused() {}
}
