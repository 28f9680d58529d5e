package dev.corral.idempotency;

import dev.corral.codec.CodecException;
import org.jspecify.annotations.Nullable;

/**
 * One run of an action. Thread-safe.
 *
 * @param <V> the type of outcome
 */
public final class Attempt<V> {

  /** Causes may go round in a circle. */
  private static final int MOST_CAUSES = 20;

  private final Reservation reservation;
  private final IdempotencyStore store;
  private final Outcomes<V> outcomes;
  private volatile boolean lost;
  private volatile boolean written;
  private volatile @Nullable IdempotencyStoreException unconfirmed;

  Attempt(Reservation reservation, IdempotencyStore store, Outcomes<V> outcomes) {
    this.reservation = reservation;
    this.store = store;
    this.outcomes = outcomes;
  }

  /** Returns the key that this is for. */
  public IdempotencyKey key() {
    return reservation.key();
  }

  /**
   * Returns 1, and one more for each holder of the key that died before: from 2 on, the action may
   * have taken effect already. Grows with each holder, so a service behind can refuse whoever comes
   * with less than it has seen.
   */
  public int number() {
    return reservation.attempt();
  }

  /**
   * Whether the reservation is known to be lost, as of the last renewal. What this action does from
   * then on, another one may do as well.
   */
  public boolean isLost() {
    return lost;
  }

  /**
   * Asks the store whether the reservation still stands, and makes it last its whole time from now
   * on. To be called right before the effect, where something slow comes before it: what is left
   * open is only a pause between this and the effect.
   *
   * @throws ReservationLostException if it does not
   * @throws IdempotencyStoreException if the store does not tell; thrown on, it is no outcome: the
   *     key is freed, and the call throws it
   */
  public void confirm() {
    if (lost || !renewed()) {
      lost = true;
      throw new ReservationLostException(key());
    }
  }

  /**
   * Returns what a store writes in a transaction of this action, so that effect and outcome are
   * committed together.
   *
   * @throws CodecException if the value has no bytes, or too many
   */
  public PreparedOutcome outcome(V value) {
    return new PreparedOutcome(reservation, outcomes.of(key(), value), () -> written = true);
  }

  private boolean renewed() {
    try {
      return store.renew(reservation);
    } catch (IdempotencyStoreException e) {
      unconfirmed = e;
      throw e;
    }
  }

  /**
   * Returns what {@link #confirm} threw since the store did not tell, if that is what an action
   * threw on, as it is or as a cause; or null.
   */
  @Nullable IdempotencyStoreException unconfirmed(Exception thrown) {
    IdempotencyStoreException asked = unconfirmed;
    if (asked == null || written) {
      return null;
    }
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++, cause = cause.getCause()) {
      if (cause == asked) {
        return asked;
      }
    }
    return null;
  }

  Reservation reservation() {
    return reservation;
  }

  /** Whether a transaction of the action's own has written, or tried to write, the outcome. */
  boolean isWritten() {
    return written;
  }

  /** Renews, unless there is no need to. Returns whether to go on. */
  boolean renew() {
    if (written || lost) {
      return false;
    }
    if (!store.renew(reservation)) {
      lost = true;
    }
    return !lost;
  }
}
