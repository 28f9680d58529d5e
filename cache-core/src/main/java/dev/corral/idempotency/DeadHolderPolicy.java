package dev.corral.idempotency;

/**
 * What becomes of a key whose holder died: its reservation expired without an outcome, and nobody
 * can tell whether the action took effect.
 */
public enum DeadHolderPolicy {
  /**
   * The next caller runs the action. For actions that find out by themselves what is already done
   * (see {@link Attempt#number}), or that do no harm twice.
   */
  RUN_AGAIN,
  /**
   * Nobody runs it: callers get {@link OutcomeUnknownException} until the record expires. For
   * actions that must not happen twice and cannot tell; somebody has to look.
   */
  REFUSE
}
