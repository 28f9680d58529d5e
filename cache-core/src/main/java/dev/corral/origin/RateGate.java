package dev.corral.origin;

import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.internal.AtomicRateLimiter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Lets so many loads begin in each period. A miss waits for the next period, but not longer. */
final class RateGate implements Gate, Passage {

  private final String origin;
  private final int most;
  private final Duration period;
  private final AtomicRateLimiter limiter;
  private final Pauses pauses;
  // So that nothing comes between a look at the limiter and a reservation.
  private final ReentrantLock lock = new ReentrantLock();

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
    limiter = new AtomicRateLimiter(origin, config, Map.of(), ticker::getAsLong);
  }

  @Override
  public Passage enter(Priority priority, long patienceNanos)
      throws Rejection, InterruptedException {
    long wait = reserve(priority == Priority.REFRESH ? 0 : patienceNanos);
    if (wait > 0) {
      pauses.pause(wait);
    }
    return this;
  }

  /** Returns how long the load has to wait for its turn; reserves none that would be too late. */
  private long reserve(long longestNanos) throws Rejection {
    lock.lock();
    try {
      // The limiter itself would reserve anything within a period: those who cannot wait so long
      // would use up the next one, and nobody would ever load.
      if (limiter.getDetailedMetrics().getNanosToWait() > longestNanos) {
        throw rejection();
      }
      long wait = limiter.reservePermission();
      if (wait < 0) {
        throw rejection();
      }
      return wait;
    } finally {
      lock.unlock();
    }
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
