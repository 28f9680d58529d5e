package dev.corral.origin;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The options of an {@link Origin}. What is left out is not limited. Not thread-safe. */
public final class OriginBuilder {

  private static final int MOST = 1_000_000;
  private static final int DEFAULT_QUEUE = 1_000;
  private static final double DEFAULT_RETRY_SHARE = 0.1;
  private static final int DEFAULT_LEAST_RETRIES = 10;

  final String name;
  int maxConcurrentLoads; // 0: no limit
  int maxQueuedLoads = DEFAULT_QUEUE;
  @Nullable Duration loadTimeout;
  Retries retries = Retries.none();
  double retryShare = DEFAULT_RETRY_SHARE;
  int leastRetries = DEFAULT_LEAST_RETRIES;
  @Nullable CircuitBreaking circuitBreaking;
  int rateLimit; // 0: no limit
  Duration ratePeriod = Duration.ZERO;
  LongSupplier ticker = System::nanoTime;
  DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();
  Pauses pauses = Pauses.system();

  private boolean queueSet;

  OriginBuilder(String name) {
    this.name = name;
  }

  /**
   * How many loads run at a time, over all caches of this origin in this process. A miss that finds
   * them all running queues; a refresh is dropped. A load that hangs is counted until its load
   * timeout is over, and not longer.
   *
   * @throws IllegalArgumentException unless from 1 to 1,000,000
   */
  public OriginBuilder maxConcurrentLoads(int count) {
    maxConcurrentLoads = Numbers.require("maxConcurrentLoads", count, 1, MOST);
    return this;
  }

  /**
   * How many misses may queue; whoever comes then is rejected at once. Default: 1,000. Needs {@link
   * #maxConcurrentLoads}.
   *
   * @throws IllegalArgumentException unless from 0 to 1,000,000
   */
  public OriginBuilder maxQueuedLoads(int count) {
    maxQueuedLoads = Numbers.require("maxQueuedLoads", count, 0, MOST);
    queueSet = true;
    return this;
  }

  /**
   * The load timeout of those caches of this origin that do not set their own. See {@code
   * CacheBuilder.loadTimeout}.
   *
   * @throws IllegalArgumentException unless from 1 ms to 3650 days
   */
  public OriginBuilder loadTimeout(Duration duration) {
    loadTimeout = Numbers.require("loadTimeout", duration);
    return this;
  }

  /** Which failed loads are tried again at once. Default: none. */
  public OriginBuilder retries(Retries retries) {
    this.retries = Objects.requireNonNull(retries, "retries");
    return this;
  }

  /**
   * How many retries the origin can be burdened with in any 10 s: a share of the loads, and so many
   * besides. Default: 0.1 and 10. Those of {@link #retries} and those of clients of this origin
   * that try again by themselves spend the same.
   *
   * @throws IllegalArgumentException unless {@code share} is from 0 to 1, and {@code least} from 0
   *     to 1,000,000
   */
  public OriginBuilder retryBudget(double share, int least) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("retryBudget share must be from 0 to 1: " + share);
    }
    retryShare = share;
    leastRetries = Numbers.require("retryBudget least", least, 0, MOST);
    return this;
  }

  /**
   * Lets retries be as many as {@link #retries} allows, however many loads fail. When all fail that
   * multiplies the burden on the origin, which may keep it from ever getting well.
   */
  public OriginBuilder withoutRetryBudget() {
    retryShare = 0;
    leastRetries = Integer.MAX_VALUE;
    return this;
  }

  /** Leaves the origin alone when it fails, with the {@link CircuitBreaking#defaults defaults}. */
  public OriginBuilder circuitBreaker() {
    return circuitBreaker(CircuitBreaking.defaults());
  }

  /** Leaves the origin alone when it fails. Default: never. */
  public OriginBuilder circuitBreaker(CircuitBreaking options) {
    circuitBreaking = Objects.requireNonNull(options, "circuitBreaker");
    return this;
  }

  /**
   * How many attempts may begin in each period. A miss that comes later waits for the next period
   * at most; a refresh is dropped. Default: any number.
   *
   * @throws IllegalArgumentException unless {@code attempts} is from 1 to 1,000,000, and {@code
   *     period} from 1 ms to 3650 days
   */
  public OriginBuilder rateLimit(int attempts, Duration period) {
    rateLimit = Numbers.require("rateLimit", attempts, 1, MOST);
    ratePeriod = Numbers.require("rateLimit period", period);
    return this;
  }

  /** Tells the time, in nanoseconds. Default: {@link System#nanoTime}. */
  public OriginBuilder ticker(LongSupplier ticker) {
    this.ticker = Objects.requireNonNull(ticker, "ticker");
    return this;
  }

  /** Draws the random numbers, from 0 (inclusive) to 1 (exclusive); thread-safe. */
  public OriginBuilder random(DoubleSupplier random) {
    this.random = Objects.requireNonNull(random, "random");
    return this;
  }

  /** For tests: pauses without sleeping. */
  OriginBuilder pauses(Pauses pauses) {
    this.pauses = pauses;
    return this;
  }

  /**
   * Builds an origin, to be shared by the caches that load from it.
   *
   * @throws IllegalStateException if the options do not fit together
   */
  public Origin build() {
    if (queueSet && maxConcurrentLoads == 0) {
      throw new IllegalStateException("maxQueuedLoads needs maxConcurrentLoads");
    }
    if (!retries.isDeclared()) {
      throw new IllegalStateException("retries needs on or when, to say which failures pass");
    }
    return new Origin(this);
  }
}
