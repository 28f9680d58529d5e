package dev.corral.idempotency;

/** What a store says to somebody who ends a reservation. */
public sealed interface EndAnswer {

  /** It has ended as was asked for. */
  record Ended() implements EndAnswer {}

  /**
   * It had ended before, with an outcome that was stored under its own token: by the same step,
   * whose answer was lost, or in the caller's transaction.
   */
  record AlreadyDone(StoredOutcome outcome) implements EndAnswer {}

  /** It is no more; nothing has been changed. */
  record Lost() implements EndAnswer {}
}
