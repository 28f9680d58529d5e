package dev.corral.idempotency;

/**
 * The one that ran the action died before it could store an outcome, and {@link
 * DeadHolderPolicy#REFUSE} forbids to run it again. Whether it took effect is not known.
 */
public final class OutcomeUnknownException extends IdempotencyException {

  private static final long serialVersionUID = 1L;

  OutcomeUnknownException(IdempotencyKey key) {
    super(key, "Who ran %s died without an outcome; somebody has to look".formatted(key));
  }
}
