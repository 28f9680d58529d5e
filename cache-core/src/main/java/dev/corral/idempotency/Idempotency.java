package dev.corral.idempotency;

import dev.corral.codec.Codec;
import dev.corral.codec.CodecException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs an action once per key, and gives its outcome to everybody who asks with that key: a write
 * that may be retried.
 *
 * <pre>{@code
 * Idempotency<Receipt> charges =
 *     Idempotency.builder(store, JacksonCodec.of(Receipt.class)).build();
 *
 * Executed<Receipt> charged =
 *     charges.execute(
 *         IdempotencyKey.of(tenant, "charge", header),
 *         Fingerprint.of(body),
 *         attempt -> provider.charge(order));
 * }</pre>
 *
 * <p>Thread-safe. Between the effect of an action and its outcome there is a gap in which a process
 * can die; what follows then is up to the {@link DeadHolderPolicy}.
 *
 * @param <V> the type of outcome
 */
public final class Idempotency<V> implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Idempotency.class);

  private static final int PURGED_AT_ONCE = 1_000;
  private static final long IDLE_SECONDS = 10;

  private final IdempotencyStore store;
  private final Outcomes<V> outcomes;
  private final Duration retention;
  private final Duration reservationTime;
  private final Duration waitLimit;
  private final DeadHolderPolicy deadHolder;
  private final Predicate<Exception> retryable;
  private final LongSupplier ticker;
  private final ScheduledExecutorService scheduler;
  private final boolean ownScheduler;
  private final ReservationKeeper keeper;
  private final LateEndings lateEndings;
  private final Duration purgeEvery;
  private final Counts counts = new Counts();
  private volatile boolean closed;
  private volatile @Nullable Future<?> nextPurge;

  Idempotency(IdempotencyBuilder<V> builder) {
    store = builder.store;
    outcomes = new Outcomes<>(builder.codec, builder.maximumOutcomeBytes);
    retention = builder.retention;
    reservationTime = builder.reservationTime;
    waitLimit = builder.waitLimit;
    deadHolder = builder.deadHolder;
    retryable = builder.retryable;
    ticker = builder.ticker;
    purgeEvery = builder.purgeEvery;
    ownScheduler = builder.scheduler == null;
    scheduler = builder.scheduler == null ? newScheduler() : builder.scheduler;
    keeper = new ReservationKeeper(scheduler, ticker, reservationTime, builder.longestAction);
    lateEndings = new LateEndings(store, scheduler, reservationTime);
    schedulePurge();
  }

  private static ScheduledExecutorService newScheduler() {
    ScheduledThreadPoolExecutor scheduler =
        new ScheduledThreadPoolExecutor(
            2,
            task -> {
              Thread thread = new Thread(task, "corral-idempotency-timer");
              thread.setDaemon(true);
              return thread;
            });
    scheduler.setRemoveOnCancelPolicy(true);
    scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    scheduler.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    scheduler.allowCoreThreadTimeOut(true);
    return scheduler;
  }

  /**
   * Begins to build one that remembers in the given store, which is left open when this is closed.
   */
  public static <V> IdempotencyBuilder<V> builder(IdempotencyStore store, Codec<V> codec) {
    return new IdempotencyBuilder<>(store, codec);
  }

  /**
   * Returns the outcome of the key's action: the stored one, or else that of the given action,
   * which is run on this thread. Waits up to the wait limit if somebody else runs it.
   *
   * @param fingerprint of what the request asks for; see {@link Fingerprint#none} if the key says
   *     it all
   * @throws ActionFailedException if the action failed, in this call or in the one that is replayed
   * @throws InProgressException if somebody else runs it, and has not ended in time
   * @throws KeyReusedException if the key was used with another fingerprint
   * @throws OutcomeUnknownException if who ran it died, and the policy is to refuse; or if a
   *     transaction of the action's own is in doubt
   * @throws ReservationLostException if the action was run, and others were quicker to say what the
   *     outcome is
   * @throws UnreadableOutcomeException if there is an outcome that makes no sense
   * @throws IdempotencyStoreException if the key could not be reserved; the action was not run; or
   *     what {@link Attempt#confirm} threw
   * @throws IdempotencyInterruptedException if this thread is interrupted meanwhile
   */
  public Executed<V> execute(IdempotencyKey key, Fingerprint fingerprint, Action<V> action) {
    Objects.requireNonNull(action, "action");
    ReserveRequest request =
        new ReserveRequest(
            key, fingerprint, UUID.randomUUID(), reservationTime, retention, deadHolder);
    ReserveAnswer answer = reserve(request);
    if (answer instanceof ReserveAnswer.InProgress first && !waitLimit.isZero()) {
      answer = waitForEnd(request, first);
    }
    if (answer instanceof ReserveAnswer.Reserved reserved) {
      return run(reserved.reservation(), action);
    }
    if (answer instanceof ReserveAnswer.Done done) {
      counts.replays.increment();
      return new Executed<>(outcomes.read(key, done.outcome()), true, true);
    }
    throw refusal(key, answer);
  }

  private IdempotencyException refusal(IdempotencyKey key, ReserveAnswer answer) {
    if (answer instanceof ReserveAnswer.InProgress inProgress) {
      counts.inProgress.increment();
      return new InProgressException(key, inProgress.left());
    }
    if (answer instanceof ReserveAnswer.Reused) {
      counts.conflicts.increment();
      return new KeyReusedException(key);
    }
    counts.unknown.increment();
    return new OutcomeUnknownException(key);
  }

  private ReserveAnswer reserve(ReserveRequest request) {
    try {
      return store.reserve(request);
    } catch (IdempotencyStoreException e) {
      if (!e.isRefused()) {
        // It may have been reserved for this call, which runs nothing.
        lateEndings.release(request.granted(1));
      }
      throw e;
    }
  }

  /** Asks again whenever the key may have changed, until it has or the time is over. */
  private ReserveAnswer waitForEnd(ReserveRequest request, ReserveAnswer.InProgress first) {
    counts.waits.increment();
    long began = ticker.getAsLong();
    ReserveAnswer answer = first;
    try (Watch watch = store.watch(request.key())) {
      while (true) {
        // The first time too: what happened before the watch began, nobody told it.
        answer = reserve(request);
        long left = waitLimit.toNanos() - (ticker.getAsLong() - began);
        if (!(answer instanceof ReserveAnswer.InProgress held) || left <= 0) {
          return answer;
        }
        watch.await(shorter(Duration.ofNanos(left), held.left()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IdempotencyInterruptedException(request.key(), e, false);
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private Executed<V> run(Reservation reservation, Action<V> action) {
    counts.executions.increment();
    if (reservation.attempt() > 1) {
      counts.rerun.increment();
    }
    Attempt<V> attempt = new Attempt<>(reservation, store, outcomes);
    // An Error passes through: it is no outcome, and the reservation expires.
    ReservationKeeper.Kept kept = keeper.keep(attempt);
    try {
      V value;
      try {
        value = returned(action.run(attempt));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IdempotencyInterruptedException(reservation.key(), e, true);
      } catch (Exception e) {
        return thrown(attempt, e);
      }
      return returned(attempt, value);
    } finally {
      kept.close();
    }
  }

  private Executed<V> thrown(Attempt<V> attempt, Exception thrown) {
    IdempotencyKey key = attempt.key();
    if (thrown instanceof ReservationLostException lost && lost.key().equals(Optional.of(key))) {
      throw lost(key);
    }
    if (Thread.currentThread().isInterrupted()) {
      // What was interrupted seldom says so by type: a closed channel, a driver's own exception.
      throw new IdempotencyInterruptedException(key, thrown, true);
    }
    if (thrown instanceof RuntimeException unconfirmed && attempt.isUnconfirmed(thrown)) {
      // It asked before the effect, and got no answer: that is no outcome.
      release(attempt.reservation());
      throw unconfirmed;
    }
    return failed(attempt, thrown);
  }

  private static <V> V returned(@Nullable V value) {
    if (value == null) {
      throw new NullPointerException("An action must not return null");
    }
    return value;
  }

  private Executed<V> returned(Attempt<V> attempt, V value) {
    Reservation reservation = attempt.reservation();
    if (attempt.isWritten()) {
      // Its transaction may not have ended, and may hold the record: nothing here waits for that.
      boolean stored = isStored(reservation);
      return new Executed<>(value, false, stored);
    }
    StoredOutcome outcome;
    try {
      outcome = outcomes.of(reservation.key(), value);
    } catch (CodecException e) {
      // The action has been run: it must not be run again because nobody can say what it returned.
      return failed(attempt, e);
    }
    EndAnswer end = complete(reservation, outcome);
    if (end instanceof EndAnswer.AlreadyDone done && !done.outcome().equals(outcome)) {
      return new Executed<>(outcomes.read(reservation.key(), done.outcome()), false, true);
    }
    return new Executed<>(value, false, end != null);
  }

  private boolean isStored(Reservation reservation) {
    try {
      return store.outcomeOf(reservation).isPresent();
    } catch (IdempotencyStoreException e) {
      log.debug("Whether the outcome of {} is stored is not known", reservation.key(), e);
      return false;
    }
  }

  /** Throws what the action threw, or returns what its transaction committed all the same. */
  private Executed<V> failed(Attempt<V> attempt, Exception thrown) {
    counts.failures.increment();
    Reservation reservation = attempt.reservation();
    StoredFailure failure = StoredFailure.of(thrown);
    boolean release = isRetryable(reservation.key(), thrown);
    EndAnswer end = release ? release(reservation) : complete(reservation, Outcomes.of(failure));
    if (end instanceof EndAnswer.AlreadyDone done && attempt.isWritten()) {
      // The commit was in doubt, and the store knows.
      return new Executed<>(outcomes.read(reservation.key(), done.outcome()), false, true);
    }
    if (end == null && attempt.isWritten()) {
      throw OutcomeUnknownException.inDoubt(reservation.key(), thrown);
    }
    if (release && end instanceof EndAnswer.Ended) {
      counts.released.increment();
    }
    throw new ActionFailedException(reservation.key(), failure, thrown, release);
  }

  private boolean isRetryable(IdempotencyKey key, Exception thrown) {
    try {
      return retryable.test(thrown);
    } catch (RuntimeException e) {
      log.warn("Whether the failure of {} is retryable is not known: it is stored", key, e);
      return false;
    }
  }

  /** Stores an outcome, later if not now; null if not now. */
  private @Nullable EndAnswer complete(Reservation reservation, StoredOutcome outcome) {
    EndAnswer end;
    try {
      end = store.complete(reservation, outcome);
    } catch (RuntimeException e) {
      // Whatever a store throws: the action has been run, and its outcome must not be lost.
      counts.unstored.increment();
      log.warn("The outcome of {} is not stored yet: {}", reservation.key(), e.toString());
      lateEndings.complete(reservation, outcome);
      return null;
    }
    if (end instanceof EndAnswer.Lost) {
      throw lost(reservation.key());
    }
    return end;
  }

  private @Nullable EndAnswer release(Reservation reservation) {
    try {
      // Lost is no matter: what is told is that the next call decides, and so it does.
      return store.release(reservation);
    } catch (RuntimeException e) {
      log.debug("{} is not released yet", reservation.key(), e);
      lateEndings.release(reservation);
      return null;
    }
  }

  private ReservationLostException lost(IdempotencyKey key) {
    counts.lost.increment();
    return new ReservationLostException(key);
  }

  private void schedulePurge() {
    try {
      nextPurge = scheduler.schedule(this::purge, purgeEvery.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      log.trace("Closed", e);
    }
  }

  private void purge() {
    if (closed) {
      return;
    }
    try {
      int purged = PURGED_AT_ONCE;
      while (purged == PURGED_AT_ONCE && !closed) {
        purged = store.purge(PURGED_AT_ONCE);
        counts.purged.add(purged);
      }
    } catch (IdempotencyStoreException e) {
      log.debug("Nothing was purged", e);
    } finally {
      schedulePurge();
    }
  }

  /** Returns what has come of the calls so far. */
  public IdempotencyStats stats() {
    return counts.read();
  }

  /**
   * Ends the threads of its own. Actions that run go on, and are not renewed any more. The store is
   * left open.
   */
  @Override
  public void close() {
    closed = true;
    Future<?> scheduled = nextPurge;
    if (scheduled != null) {
      scheduled.cancel(false);
    }
    if (ownScheduler) {
      scheduler.shutdown();
    }
  }
}
