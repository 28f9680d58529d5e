package dev.corral.idempotency;

import java.time.Duration;

/** What a store says to somebody who asks for a key. */
public sealed interface ReserveAnswer {

  /** The key is the caller's. */
  record Reserved(Reservation reservation) implements ReserveAnswer {}

  /**
   * Somebody else has it for the same request.
   *
   * @param left how much longer the reservation lasts, if it is not renewed
   */
  record InProgress(Duration left) implements ReserveAnswer {}

  /**
   * There is an outcome of the same request.
   *
   * @param left how much longer it is kept
   */
  record Done(StoredOutcome outcome, Duration left) implements ReserveAnswer {}

  /** The key is another request's, whatever has become of that. */
  record Reused() implements ReserveAnswer {}

  /** Who had it for the same request died, and {@link DeadHolderPolicy#REFUSE} was asked for. */
  record Abandoned() implements ReserveAnswer {}
}
