package dev.corral.idempotency;

/**
 * There is an outcome, but its bytes make no sense here: another codec wrote them, a newer version,
 * or somebody who had no business there. The action is not run, as it has been.
 */
public final class UnreadableOutcomeException extends IdempotencyException {

  private static final long serialVersionUID = 1L;

  UnreadableOutcomeException(IdempotencyKey key, Throwable cause) {
    super(
        key,
        "The stored outcome of %s cannot be read: %s".formatted(key, cause.getMessage()),
        cause);
  }
}
