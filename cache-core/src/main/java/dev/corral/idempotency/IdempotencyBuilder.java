package dev.corral.idempotency;

import dev.corral.codec.Codec;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The options of an {@link Idempotency}. Not thread-safe.
 *
 * @param <V> the type of outcome
 */
public final class IdempotencyBuilder<V> {

  private static final Duration MILLI = Duration.ofMillis(1);
  private static final int DEFAULT_OUTCOME_BYTES = 1 << 20;

  final IdempotencyStore store;
  final Codec<V> codec;
  Duration retention = Duration.ofHours(24);
  Duration reservationTime = Duration.ofSeconds(30);
  Duration longestAction = Duration.ofMinutes(10);
  Duration waitLimit = Duration.ofSeconds(5);
  Duration purgeEvery = Duration.ofMinutes(10);
  DeadHolderPolicy deadHolder = DeadHolderPolicy.RUN_AGAIN;
  Predicate<Exception> retryable = failure -> false;
  int maximumOutcomeBytes = DEFAULT_OUTCOME_BYTES;
  @Nullable ScheduledExecutorService scheduler;
  LongSupplier ticker = System::nanoTime;

  IdempotencyBuilder(IdempotencyStore store, Codec<V> codec) {
    this.store = Objects.requireNonNull(store, "store");
    this.codec = Objects.requireNonNull(codec, "codec");
  }

  /**
   * Sets how long an outcome is replayed, from when it was stored; after that the key is as good as
   * new, so it must be longer than any client goes on retrying. Default: 24 h.
   *
   * @throws IllegalArgumentException unless from 1 ms to 3650 days
   */
  public IdempotencyBuilder<V> retention(Duration duration) {
    retention = Options.duration("retention", duration, MILLI);
    return this;
  }

  /**
   * Sets how long a reservation outlives its holder. It is renewed every third of that while the
   * action runs, so an action may take longer; a pause of the process may not. Default: 30 s.
   *
   * @throws IllegalArgumentException unless from 10 ms to 3650 days
   */
  public IdempotencyBuilder<V> reservationTime(Duration duration) {
    reservationTime = Options.duration("reservationTime", duration, Duration.ofMillis(10));
    return this;
  }

  /**
   * Sets after what time an action is taken to hang, so that its reservation is not renewed any
   * more. Default: 10 min.
   *
   * @throws IllegalArgumentException unless from 1 ms to 3650 days
   */
  public IdempotencyBuilder<V> longestAction(Duration duration) {
    longestAction = Options.duration("longestAction", duration, MILLI);
    return this;
  }

  /**
   * Sets how long a call waits for another one that runs the action of its key, before it throws
   * {@link InProgressException}. Zero never waits. Default: 5 s.
   *
   * @throws IllegalArgumentException unless from 0 to 3650 days
   */
  public IdempotencyBuilder<V> waitLimit(Duration duration) {
    waitLimit = Options.duration("waitLimit", duration, Duration.ZERO);
    return this;
  }

  /** Sets what becomes of a key whose holder died. Default: {@link DeadHolderPolicy#RUN_AGAIN}. */
  public IdempotencyBuilder<V> deadHolder(DeadHolderPolicy policy) {
    deadHolder = Objects.requireNonNull(policy, "deadHolder");
    return this;
  }

  /**
   * Declares failures of a type to be retryable: an action that throws one took no effect, so its
   * key is freed and the next call runs its own. All others are outcomes, which are stored and
   * replayed. A failure that says nothing of the effect, as most time-outs, must not be declared
   * here. Adds to what was declared before.
   */
  public IdempotencyBuilder<V> retryOn(Class<? extends Exception> type) {
    return retryWhen(Objects.requireNonNull(type, "retryOn")::isInstance);
  }

  /** Declares failures to be retryable. Adds to what was declared before. */
  public IdempotencyBuilder<V> retryWhen(Predicate<? super Exception> failures) {
    Objects.requireNonNull(failures, "retryWhen");
    Predicate<Exception> before = retryable;
    retryable = failure -> before.test(failure) || failures.test(failure);
    return this;
  }

  /**
   * Sets how many bytes an outcome may have. A larger one is replaced by the failure to store it,
   * since its action has been run. Default: 1 MiB.
   *
   * @throws IllegalArgumentException unless from 2,048, which every failure fits, to 2^30
   */
  public IdempotencyBuilder<V> maximumOutcomeBytes(int bytes) {
    if (bytes < 2_048 || bytes > 1 << 30) {
      throw new IllegalArgumentException(
          "maximumOutcomeBytes must be from 2048 to 1073741824: " + bytes);
    }
    maximumOutcomeBytes = bytes;
    return this;
  }

  /**
   * Sets how often records that have expired are dropped, of stores that do not do so by
   * themselves. Default: 10 min.
   *
   * @throws IllegalArgumentException unless from 1 ms to 3650 days
   */
  public IdempotencyBuilder<V> purgeEvery(Duration duration) {
    purgeEvery = Options.duration("purgeEvery", duration, MILLI);
    return this;
  }

  /**
   * Sets what renews reservations and does the background work, whose tasks may block for as long
   * as a step of the store may. Two threads for either, of its own, if left out.
   */
  public IdempotencyBuilder<V> scheduler(ScheduledExecutorService scheduler) {
    this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
    return this;
  }

  /** Sets the time that waits are measured by, in nanoseconds; for tests. */
  IdempotencyBuilder<V> ticker(LongSupplier ticker) {
    this.ticker = ticker;
    return this;
  }

  /**
   * Builds it. Does not ask the store for anything yet.
   *
   * @throws IllegalStateException if {@code retention} is shorter than twice {@code
   *     reservationTime}: a record would be forgotten hardly later than its holder is known to be
   *     dead
   */
  public Idempotency<V> build() {
    if (retention.dividedBy(2).compareTo(reservationTime) < 0) {
      throw new IllegalStateException(
          "retention %s must be at least twice reservationTime %s"
              .formatted(retention, reservationTime));
    }
    return new Idempotency<>(this);
  }
}
