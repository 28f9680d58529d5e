package dev.corral.origin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A database or service that loaders read from, and what it can be burdened with. One for all
 * caches that load from it:
 *
 * <pre>{@code
 * Origin database = Origin.named("orders-db")
 *     .maxConcurrentLoads(32)
 *     .loadTimeout(Duration.ofSeconds(2))
 *     .retries(Retries.upTo(2).on(SQLTransientException.class))
 *     .circuitBreaker()
 *     .build();
 * }</pre>
 *
 * <p>An attempt passes, in this order, the circuit breaker, the permits and the rate limit, as far
 * as the origin has them; a retry passes them anew. All limits hold for this process alone.
 *
 * <p>Thread-safe. Has no threads, and need not be closed.
 */
public final class Origin {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final String name;
  private final @Nullable Duration loadTimeout;
  private final LongSupplier ticker;
  private final DoubleSupplier random;
  private final Pauses pauses;
  private final Retries retries;
  private final RetryBudget budget;
  private final Runs runs;
  private final LoadCost cost = new LoadCost();
  private final OriginCounts counts = new OriginCounts();
  private final @Nullable Permits permits;
  private final @Nullable BreakerGate breaker;
  private final List<Gate> gates;

  Origin(OriginBuilder options) {
    name = options.name;
    loadTimeout = options.loadTimeout;
    ticker = options.ticker;
    random = options.random;
    pauses = options.pauses;
    retries = options.retries;
    budget = new RetryBudget(options.retryShare, options.leastRetries, ticker);
    runs = new Runs(ticker);
    CircuitBreaking breaking = options.circuitBreaking;
    breaker = breaking == null ? null : new BreakerGate(name, breaking, cost, ticker);
    permits =
        options.maxConcurrentLoads == 0
            ? null
            : new Permits(
                name, options.maxConcurrentLoads, options.maxQueuedLoads, runs, cost, ticker);
    gates = new ArrayList<>();
    if (breaker != null) {
      gates.add(breaker.early());
    }
    if (permits != null) {
      gates.add(permits);
    }
    if (options.rateLimit != 0) {
      gates.add(new RateGate(name, options.rateLimit, options.ratePeriod, ticker, pauses));
    }
    if (breaker != null) {
      // Again, and last: only what has passed all else may count as one of its few trials.
      gates.add(breaker);
    }
  }

  /**
   * Begins an origin.
   *
   * @param name letters, digits, {@code .}, {@code _} and {@code -}, from 1 to 64 of them
   * @throws IllegalArgumentException if it breaks that rule
   */
  public static OriginBuilder named(String name) {
    if (!NAME.matcher(Objects.requireNonNull(name, "name")).matches()) {
      throw new IllegalArgumentException("name must match " + NAME.pattern() + ": " + name);
    }
    return new OriginBuilder(name);
  }

  /** Returns the name that this origin was built with. */
  public String name() {
    return name;
  }

  /** Returns the load timeout of its caches, if it has one. */
  public Optional<Duration> loadTimeout() {
    return Optional.ofNullable(loadTimeout);
  }

  /**
   * Loads within the limits of this origin, and tries again what is worth it. Caches call this;
   * what reads the same origin in other ways may as well, to be counted with them. Blocks as long
   * as the attempts take, and for the request's patience at most besides.
   *
   * @param attempt is run on the current thread, once or more
   * @return what the last attempt returned
   * @throws Rejection if a limit kept the first attempt from being begun
   * @throws InterruptedException if this thread was interrupted while it waited
   * @throws Exception what the last attempt threw
   */
  public <T extends @Nullable Object> T load(LoadRequest request, Callable<T> attempt)
      throws Exception {
    long deadline = ticker.getAsLong() + Numbers.nanos(request.patience());
    OriginCall call = begin();
    int failures = 0;
    Exception last = null;
    while (true) {
      try {
        Duration patience = Duration.ofNanos(Math.max(0, deadline - ticker.getAsLong()));
        return run(
            call.attempt(new LoadRequest(request.priority(), patience, request.timeout())),
            attempt);
      } catch (Rejection e) {
        if (last == null) {
          throw e;
        }
        // What happened at the origin says more than why it is not asked again.
        last.addSuppressed(e);
        throw last;
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        last = e;
        failures++;
        Long pause = pauseNanos(failures, e, deadline);
        if (pause == null) {
          throw e;
        }
        pauses.pause(pause);
      }
    }
  }

  /** Returns the pause before the next attempt; null if there is to be none. */
  private @Nullable Long pauseNanos(int failures, Exception failure, long deadline) {
    if (Thread.currentThread().isInterrupted()) {
      // Drivers wrap an interrupt in exceptions of their own: this thread is to end.
      return null;
    }
    Long pause = retries.pauseNanos(failures, failure, random);
    if (pause == null || pause >= deadline - ticker.getAsLong()) {
      return null;
    }
    return tryRetry() ? pause : null;
  }

  /**
   * Begins a load whose attempts are made by the caller, who also decides what is tried again:
   * {@link OriginBuilder#retries} has no say in it, its budget has. For clients that do not block a
   * thread; {@link #load} is simpler.
   */
  public OriginCall begin() {
    counts.loads.increment();
    budget.loadBegan();
    return new OriginCall(this);
  }

  boolean tryRetry() {
    boolean allowed = budget.tryRetry();
    if (!allowed) {
      counts.retriesRefused.increment();
    }
    return allowed;
  }

  OriginAttempt enter(LoadRequest request, boolean again) throws Rejection, InterruptedException {
    List<Passage> passages;
    try {
      passages = enterAll(request);
    } catch (Rejection e) {
      counts.rejected(e.limit());
      throw e;
    }
    counts.attempts.increment();
    if (again) {
      counts.retries.increment();
    }
    Runs.Run run = runs.begin(passages, Numbers.nanos(request.timeout()));
    if (permits != null && run.isNextToHang()) {
      permits.resetAlarm();
    }
    return new OriginAttempt(this, run);
  }

  private List<Passage> enterAll(LoadRequest request) throws Rejection, InterruptedException {
    long deadline = ticker.getAsLong() + Numbers.nanos(request.patience());
    runs.giveUpOverdue();
    List<Passage> passages = new ArrayList<>(gates.size());
    boolean passed = false;
    try {
      for (Gate gate : gates) {
        passages.add(gate.enter(request.priority(), deadline - ticker.getAsLong()));
      }
      passed = true;
      return passages;
    } finally {
      if (!passed) {
        passages.forEach(Passage::unused);
      }
    }
  }

  private static <T extends @Nullable Object> T run(OriginAttempt passed, Callable<T> attempt)
      throws Exception {
    try {
      T loaded = attempt.call();
      passed.succeeded();
      return loaded;
    } catch (Throwable e) {
      if (e instanceof InterruptedException || Thread.currentThread().isInterrupted()) {
        passed.brokenOff();
      } else {
        passed.failed(e);
      }
      throw e;
    }
  }

  void succeeded(Runs.Run run) {
    cost.add(run.nanos());
    run.ended(null);
  }

  void failed(Runs.Run run, Throwable failure) {
    counts.failures.increment();
    run.ended(failure);
  }

  /** Returns what this origin has seen so far. */
  public OriginStats stats() {
    return new OriginStats(
        runs.running(),
        permits == null ? 0 : permits.queued(),
        counts.loads.sum(),
        counts.attempts.sum(),
        counts.failures.sum(),
        counts.retries.sum(),
        counts.retriesRefused.sum(),
        runs.givenUp(),
        counts.rejected(),
        breaker == null ? BreakerState.CLOSED : breaker.state());
  }

  @Override
  public String toString() {
    return "Origin[" + name + ", " + stats() + "]";
  }
}
