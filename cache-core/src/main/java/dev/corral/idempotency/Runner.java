package dev.corral.idempotency;

import dev.corral.codec.CodecException;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs actions whose keys are reserved, and sees to it that the store learns what came of them.
 *
 * @param <V> the type of outcome
 */
final class Runner<V> {

  private static final Logger log = LoggerFactory.getLogger(Idempotency.class);

  private final IdempotencyStore store;
  private final Outcomes<V> outcomes;
  private final Predicate<Exception> retryable;
  private final ReservationKeeper keeper;
  private final LateEndings lateEndings;
  private final Counts counts;

  Runner(
      IdempotencyStore store,
      Outcomes<V> outcomes,
      Predicate<Exception> retryable,
      ReservationKeeper keeper,
      LateEndings lateEndings,
      Counts counts) {
    this.store = store;
    this.outcomes = outcomes;
    this.retryable = retryable;
    this.keeper = keeper;
    this.lateEndings = lateEndings;
    this.counts = counts;
  }

  /**
   * Runs an action on this thread.
   *
   * @param since when the reservation was asked for, by the ticker
   * @param turn ended with the outcome, as soon as the store is known to have it
   * @param givenUp called when the reservation is not kept any more, though the action still runs
   */
  Executed<V> run(
      Reservation reservation, long since, Action<V> action, Turn turn, Runnable givenUp) {
    counts.executions.increment();
    if (reservation.attempt() > 1) {
      counts.rerun.increment();
    }
    Attempt<V> attempt = new Attempt<>(reservation, store, outcomes);
    // An Error passes through: it is no outcome, and the reservation expires.
    ReservationKeeper.Kept kept = keeper.keep(attempt, since, givenUp);
    try {
      V value;
      try {
        value = notNull(action.run(attempt));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IdempotencyInterruptedException(reservation.key(), e, true);
      } catch (Exception e) {
        return thrown(attempt, e, turn);
      }
      return returned(attempt, value, turn);
    } finally {
      kept.close();
    }
  }

  private static <V> V notNull(@Nullable V value) {
    if (value == null) {
      throw new NullPointerException("An action must not return null");
    }
    return value;
  }

  private Executed<V> thrown(Attempt<V> attempt, Exception thrown, Turn turn) {
    IdempotencyKey key = attempt.key();
    if (thrown instanceof ReservationLostException lost && lost.key().equals(Optional.of(key))) {
      throw lost(key);
    }
    if (Thread.currentThread().isInterrupted()) {
      // What was interrupted seldom says so by type: a closed channel, a driver's own exception.
      throw new IdempotencyInterruptedException(key, thrown, true);
    }
    IdempotencyStoreException unconfirmed = attempt.unconfirmed(thrown);
    if (unconfirmed != null) {
      // It asked before the effect, and got no answer: that is no outcome.
      release(attempt.reservation());
      throw unconfirmed;
    }
    return failed(attempt, thrown, turn);
  }

  private Executed<V> returned(Attempt<V> attempt, V value, Turn turn) {
    if (attempt.isWritten()) {
      return written(attempt.reservation(), value, turn);
    }
    Reservation reservation = attempt.reservation();
    StoredOutcome outcome;
    try {
      outcome = outcomes.of(reservation.key(), value);
    } catch (CodecException e) {
      // The action has been run: it must not be run again because nobody can say what it returned.
      return failed(attempt, e, turn);
    }
    EndAnswer end = complete(reservation, outcome, turn);
    if (end instanceof EndAnswer.AlreadyDone done && !done.outcome().equals(outcome)) {
      return new Executed<>(outcomes.read(reservation.key(), done.outcome()), false, true);
    }
    return new Executed<>(value, false, end != null);
  }

  /**
   * What an action returned that wrote its outcome in a transaction of its own: that may not have
   * ended, and may hold the record, so that nothing here waits for it.
   */
  private Executed<V> written(Reservation reservation, V value, Turn turn) {
    StoredOutcome stored = committed(reservation);
    if (stored == null) {
      return new Executed<>(value, false, false);
    }
    turn.end(stored);
    if (isOf(reservation.key(), value, stored)) {
      return new Executed<>(value, false, true);
    }
    // It wrote one thing and returned another: all callers are told the same.
    log.warn("The action of {} did not return what it wrote", reservation.key());
    return new Executed<>(outcomes.read(reservation.key(), stored), false, true);
  }

  private boolean isOf(IdempotencyKey key, V value, StoredOutcome stored) {
    try {
      return outcomes.of(key, value).equals(stored);
    } catch (CodecException e) {
      return false;
    }
  }

  private @Nullable StoredOutcome committed(Reservation reservation) {
    try {
      return store.outcomeOf(reservation).orElse(null);
    } catch (RuntimeException e) {
      log.debug("Whether the outcome of {} is stored is not known", reservation.key(), e);
      return null;
    }
  }

  /** Throws what the action threw, or returns what its transaction committed all the same. */
  private Executed<V> failed(Attempt<V> attempt, Exception thrown, Turn turn) {
    counts.failures.increment();
    Reservation reservation = attempt.reservation();
    StoredFailure failure = StoredFailure.of(thrown);
    boolean release = isRetryable(reservation.key(), thrown);
    EndAnswer end =
        release ? release(reservation) : complete(reservation, Outcomes.of(failure), turn);
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
    throw new ActionFailedException(
        reservation.key(),
        failure,
        thrown,
        release,
        !release && end != null,
        isOnlyRun(reservation, end));
  }

  private static boolean isOnlyRun(Reservation reservation, @Nullable EndAnswer end) {
    return reservation.attempt() == 1 && end instanceof EndAnswer.Ended;
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
  private @Nullable EndAnswer complete(Reservation reservation, StoredOutcome outcome, Turn turn) {
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
    turn.end(end instanceof EndAnswer.AlreadyDone done ? done.outcome() : outcome);
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
}
