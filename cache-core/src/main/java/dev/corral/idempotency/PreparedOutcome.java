package dev.corral.idempotency;

import java.util.Objects;

/**
 * The outcome of an action that still runs, for a store that writes it in a transaction of the
 * action's own. Made by {@link Attempt#outcome}.
 */
public final class PreparedOutcome {

  private final Reservation reservation;
  private final StoredOutcome outcome;
  private final Runnable writing;

  PreparedOutcome(Reservation reservation, StoredOutcome outcome, Runnable writing) {
    this.reservation = Objects.requireNonNull(reservation);
    this.outcome = Objects.requireNonNull(outcome);
    this.writing = writing;
  }

  /** Returns whose outcome it is. */
  public Reservation reservation() {
    return reservation;
  }

  /** Returns the outcome. */
  public StoredOutcome outcome() {
    return outcome;
  }

  /**
   * To be called by a store before it writes: from then on the reservation is not renewed, since
   * the transaction may hold its record, and the transaction decides what is stored.
   */
  public void writing() {
    writing.run();
  }
}
