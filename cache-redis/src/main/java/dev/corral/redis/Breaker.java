package dev.corral.redis;

import dev.corral.remote.RemoteEvents;
import dev.corral.remote.RemoteStoreException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.StateTransition;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether Redis is worth asking. Closed, every step is tried; once half of the last ten have
 * failed or been slow, it opens, and no step is. Then only a probe in the background asks, at
 * growing intervals; when it is answered, a few steps are let through, which close the breaker if
 * all succeed and open it again if one does not. Thread-safe.
 *
 * <p>Time alone does not half-open it: a caller would pay with a command timeout for finding out
 * what a probe finds out for nothing.
 */
final class Breaker implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RedisStore.class);

  /** Five failures in a row open it, after whatever. */
  private static final int WINDOW = 10;

  private static final int AT_LEAST = 5;
  private static final int PERCENT = 50;

  /** So many steps have to succeed before all are tried again. */
  private static final int TRIALS = 3;

  private static final FullJitter PAUSES = new FullJitter(250, 5_000);

  /** Longer than anything runs: only the probe half-opens the breaker. */
  private static final Duration NEVER = Duration.ofDays(36_500);

  private final String name;
  private final long slowNanos;
  private final CircuitBreaker circuit;
  private final Gate gate;
  private final Runnable probe;
  private final ScheduledExecutorService timer;

  /** How often a probe has been answered: what began before the last time says nothing now. */
  private final AtomicInteger rounds = new AtomicInteger();

  private final AtomicBoolean turning = new AtomicBoolean();

  private volatile Throwable lastFailure = new RemoteStoreException("Redis was not asked yet");

  private final ReentrantLock lock = new ReentrantLock();

  // guarded by lock
  private final Set<RemoteEvents> regions = new HashSet<>();
  private final Deque<Runnable> untold = new ArrayDeque<>();
  private boolean telling;
  private boolean toldDown;
  private int setbacks;
  private @Nullable Future<?> nextProbe;

  /**
   * Creates a closed breaker.
   *
   * @param name of what it is around, for the log
   * @param gate is shut while the breaker is open
   * @param probe asks Redis, and throws if it does not answer
   */
  Breaker(
      String name, Duration slowAfter, Gate gate, Runnable probe, ScheduledExecutorService timer) {
    this.name = name;
    slowNanos = slowAfter.toNanos();
    this.gate = gate;
    this.probe = probe;
    this.timer = timer;
    circuit =
        CircuitBreaker.of(
            name,
            CircuitBreakerConfig.custom()
                .slidingWindow(WINDOW, AT_LEAST, SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(PERCENT)
                .slowCallDurationThreshold(slowAfter)
                .slowCallRateThreshold(PERCENT)
                .permittedNumberOfCallsInHalfOpenState(TRIALS)
                .maxWaitDurationInHalfOpenState(Duration.ZERO)
                .waitDurationInOpenState(NEVER)
                .build());
    circuit.getEventPublisher().onStateTransition(event -> changed(event.getStateTransition()));
  }

  /** A step that may be tried; ends with one of its methods. */
  final class Trial {

    private final int round = rounds.get();

    /** Redis answered, whatever it said. */
    void answered(long nanos) {
      if (nanos > slowNanos) {
        lastFailure =
            new RemoteStoreException(
                "Redis took %d ms".formatted(TimeUnit.NANOSECONDS.toMillis(nanos)));
      }
      if (round == rounds.get()) {
        circuit.onSuccess(nanos, TimeUnit.NANOSECONDS);
      }
    }

    /** Redis did not answer, or did not do what it was asked for. */
    void failed(long nanos, Exception failure) {
      if (round == rounds.get()) {
        lastFailure = failure;
        boolean onTrial = circuit.getState() == State.HALF_OPEN;
        circuit.onError(nanos, TimeUnit.NANOSECONDS, failure);
        if (onTrial) {
          circuit.transitionToOpenState();
        }
      }
    }

    /** Redis was not asked. */
    void dropped() {
      if (round == rounds.get()) {
        circuit.releasePermission();
      }
    }
  }

  /** Returns the right to try a step, or null if Redis is known to be away. */
  @Nullable Trial tryStep() {
    // The round is read after the permission was given: of the few trials none may count for an
    // earlier round, or the breaker would wait for it for ever.
    return circuit.tryAcquirePermission() ? new Trial() : null;
  }

  /** Returns why the last step failed. */
  Throwable lastFailure() {
    return lastFailure;
  }

  /** Tells a region of the store's state from now on, and at once if that is bad. */
  void add(RemoteEvents region) {
    lock.lock();
    try {
      regions.add(region);
      if (toldDown) {
        Throwable cause = lastFailure();
        toTell(List.of(region), each -> each.unavailable(cause));
      }
    } finally {
      lock.unlock();
    }
    tellRegions();
  }

  void remove(RemoteEvents region) {
    lock.lock();
    try {
      regions.remove(region);
    } finally {
      lock.unlock();
    }
  }

  /** Somebody else has seen Redis answer: the probe need not wait any longer. */
  void hint() {
    if (circuit.getState() == State.OPEN) {
      schedule(0);
    }
  }

  private void changed(StateTransition change) {
    State to = change.getToState();
    if (change == StateTransition.HALF_OPEN_TO_OPEN) {
      setBack();
    }
    if (to == State.OPEN) {
      gate.shut();
    } else if (to == State.HALF_OPEN) {
      gate.open();
    }
    try {
      noteState();
      tellRegions();
    } finally {
      if (to == State.OPEN) {
        // Afterwards, so that nothing of what follows from the probe overtakes what is told here.
        schedule(pauseMillis());
      }
    }
  }

  /** Has the present state told if it was not yet: two threads may come in either order. */
  private void noteState() {
    lock.lock();
    try {
      boolean down = circuit.getState() != State.CLOSED;
      if (down == toldDown) {
        return;
      }
      toldDown = down;
      if (down) {
        Throwable cause = lastFailure();
        log.warn("Redis is away, and not asked by {}: {}", name, cause.toString());
        toTell(regions, region -> region.unavailable(cause));
      } else {
        setbacks = 0;
        log.info("Redis is back, and asked by {} again", name);
        toTell(regions, RemoteEvents::available);
      }
    } finally {
      lock.unlock();
    }
  }

  private void toTell(Collection<RemoteEvents> those, Consumer<RemoteEvents> what) {
    List.copyOf(those).forEach(region -> untold.add(() -> what.accept(region)));
  }

  /**
   * Tells the regions what there is to tell, in order, and without the lock: a region may come or
   * go meanwhile, or wait for another thread. If another thread tells already, it goes on with it.
   */
  private void tellRegions() {
    for (Runnable next = nextToTell(false); next != null; next = nextToTell(true)) {
      try {
        next.run();
      } catch (Throwable e) {
        // The mistake of one region is not that of the others, nor of whoever opened the breaker.
        log.error("A region failed when it was told how Redis does", e);
      }
    }
  }

  private @Nullable Runnable nextToTell(boolean isTelling) {
    lock.lock();
    try {
      if (telling && !isTelling) {
        return null;
      }
      Runnable next = untold.poll();
      telling = next != null;
      return next;
    } finally {
      lock.unlock();
    }
  }

  private void setBack() {
    lock.lock();
    try {
      setbacks++;
    } finally {
      lock.unlock();
    }
  }

  private long pauseMillis() {
    lock.lock();
    try {
      return PAUSES.millis(setbacks);
    } finally {
      lock.unlock();
    }
  }

  private void schedule(long millis) {
    lock.lock();
    try {
      if (nextProbe != null) {
        nextProbe.cancel(false);
      }
      nextProbe = timer.schedule(this::probe, millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      log.trace("The store is closed", e);
    } finally {
      lock.unlock();
    }
  }

  private void probe() {
    if (circuit.getState() != State.OPEN) {
      return;
    }
    try {
      probe.run();
    } catch (Throwable e) {
      // Whatever it was: without the next probe, Redis would stay away for ever.
      log.debug("Redis is still away", e);
      setBack();
      schedule(pauseMillis());
      return;
    }
    halfOpen();
  }

  /** Two probes may be answered at once; the lock is not held while regions are told. */
  private void halfOpen() {
    if (!turning.compareAndSet(false, true)) {
      return;
    }
    try {
      if (circuit.getState() == State.OPEN) {
        rounds.incrementAndGet();
        circuit.transitionToHalfOpenState();
      }
    } finally {
      turning.set(false);
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      regions.clear();
      if (nextProbe != null) {
        nextProbe.cancel(false);
      }
    } finally {
      lock.unlock();
    }
  }
}
