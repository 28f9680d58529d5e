package dev.corral.idempotency;

import org.jspecify.annotations.Nullable;

/**
 * The one that ran the action died before it could store an outcome, and {@link
 * DeadHolderPolicy#REFUSE} forbids to run it again; or the action tried to write its outcome in a
 * transaction of its own, and failed while the store could not say what stands there: then {@link
 * #getCause} is what it threw, and the next call with the key may find an outcome, or a key that is
 * free. Whether it took effect is not known.
 */
public final class OutcomeUnknownException extends IdempotencyException {

  private static final long serialVersionUID = 1L;

  OutcomeUnknownException(IdempotencyKey key) {
    this(key, "Who ran %s died without an outcome; somebody has to look".formatted(key), null);
  }

  private OutcomeUnknownException(IdempotencyKey key, String message, @Nullable Throwable cause) {
    super(key, message, cause);
  }

  static OutcomeUnknownException inDoubt(IdempotencyKey key, Exception thrown) {
    String message =
        "The action of %s failed, and whether its transaction was committed is unknown";
    return new OutcomeUnknownException(key, message.formatted(key), thrown);
  }
}
