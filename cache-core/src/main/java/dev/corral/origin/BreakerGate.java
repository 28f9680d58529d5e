package dev.corral.origin;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rejects loads while their origin is known to be out of order. */
final class BreakerGate implements Gate, Passage {

  private static final Logger LOG = LoggerFactory.getLogger(Origin.class);

  private final String origin;
  private final long openNanos;
  private final long slowNanos;
  private final Predicate<Throwable> harmless;
  private final CircuitBreaker breaker;
  private final LoadCost cost;
  private final LongSupplier ticker;
  private final ReentrantLock failing = new ReentrantLock();
  private volatile long openedAt;

  BreakerGate(String origin, CircuitBreaking options, LoadCost cost, LongSupplier ticker) {
    this.origin = origin;
    this.cost = cost;
    this.ticker = ticker;
    openNanos = options.openFor().toNanos();
    Duration slow = options.slowAfter();
    slowNanos = slow == null ? Long.MAX_VALUE : slow.toNanos();
    harmless = options.harmless();
    openedAt = ticker.getAsLong();
    // A window of as many calls, all of which have failed, is so many failures in a row. What is
    // too slow is told as a failure, since the breaker would count the two apart.
    CircuitBreakerConfig config =
        CircuitBreakerConfig.custom()
            .slidingWindow(options.failures(), options.failures(), SlidingWindowType.COUNT_BASED)
            .failureRateThreshold(100)
            .slowCallDurationThreshold(Numbers.LONGEST)
            .permittedNumberOfCallsInHalfOpenState(options.successes())
            .waitDurationInOpenState(options.openFor())
            .clock(new MonotonicClock(ticker))
            .currentTimestampFunction(clock -> ticker.getAsLong(), TimeUnit.NANOSECONDS)
            .build();
    breaker = CircuitBreaker.of(origin, config);
    breaker
        .getEventPublisher()
        .onStateTransition(event -> changed(event.getStateTransition().getToState()));
  }

  private void changed(CircuitBreaker.State state) {
    if (state == CircuitBreaker.State.OPEN) {
      openedAt = ticker.getAsLong();
      LOG.warn("Origin {} fails, and is left alone for {} ms", origin, openNanos / 1_000_000);
    } else if (state == CircuitBreaker.State.CLOSED) {
      LOG.info("Origin {} works again", origin);
    }
  }

  /** A gate that rejects what this one would reject anyway, before it queues for anything else. */
  Gate early() {
    return (priority, patienceNanos) -> {
      if (breaker.getState() == CircuitBreaker.State.OPEN && openLeftNanos() > 0) {
        throw rejection();
      }
      return Untouched.PASSAGE;
    };
  }

  @Override
  public Passage enter(Priority priority, long patienceNanos) throws Rejection {
    if (!breaker.tryAcquirePermission()) {
      throw rejection();
    }
    return this;
  }

  private Rejection rejection() {
    long left = openLeftNanos();
    return new Rejection(
        "Origin %s is left alone after it failed".formatted(origin),
        Limit.CIRCUIT_BREAKER,
        Duration.ofNanos(left > 0 ? left : cost.meanNanos()));
  }

  private long openLeftNanos() {
    return openNanos - (ticker.getAsLong() - openedAt);
  }

  BreakerState state() {
    return switch (breaker.getState()) {
      case OPEN, FORCED_OPEN -> BreakerState.OPEN;
      case HALF_OPEN -> BreakerState.HALF_OPEN;
      case CLOSED, DISABLED, METRICS_ONLY -> BreakerState.CLOSED;
    };
  }

  @Override
  public void ended(long nanos, @Nullable Throwable failure) {
    if (failure != null && isHarmless(failure)) {
      unused();
    } else if (failure != null) {
      failed(nanos, failure);
    } else if (nanos >= slowNanos) {
      failed(nanos, new TimeoutException("The load was slow"));
    } else {
      breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
    }
  }

  private boolean isHarmless(Throwable failure) {
    try {
      return harmless.test(failure);
    } catch (RuntimeException e) {
      // Whoever ends a load may be taking back those of others: it has to go through with it.
      LOG.warn("What says which failures of origin {} to ignore threw", origin, e);
      return false;
    }
  }

  private void failed(long nanos, Throwable failure) {
    failing.lock();
    try {
      if (breaker.getState() == CircuitBreaker.State.HALF_OPEN) {
        // At once: by the rate of a hundred, one success among the trials would close it.
        breaker.transitionToOpenState();
      } else {
        breaker.onError(nanos, TimeUnit.NANOSECONDS, failure);
      }
    } finally {
      failing.unlock();
    }
  }

  @Override
  public void unused() {
    breaker.releasePermission();
  }

  /** Of a gate that only looks. */
  private enum Untouched implements Passage {
    PASSAGE;

    @Override
    public void ended(long nanos, @Nullable Throwable failure) {}

    @Override
    public void unused() {}
  }
}
