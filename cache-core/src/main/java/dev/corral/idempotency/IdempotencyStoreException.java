package dev.corral.idempotency;

import org.jspecify.annotations.Nullable;

/**
 * The store could not carry out a step, or did not answer in time. Thrown by stores, and by {@link
 * Idempotency#execute} if the key could not be reserved: the action has not been run.
 */
public final class IdempotencyStoreException extends IdempotencyException {

  private static final long serialVersionUID = 1L;

  private final boolean refused;

  /** Creates an exception that says which step failed, and why. */
  public IdempotencyStoreException(String message, @Nullable Throwable cause) {
    this(message, cause, false);
  }

  /**
   * Creates an exception that says which step failed, and why.
   *
   * @param refused whether the step was not tried, because the store is known to be away
   */
  public IdempotencyStoreException(String message, @Nullable Throwable cause, boolean refused) {
    super(null, message, cause);
    this.refused = refused;
  }

  /** Whether the step was not tried, and so took no effect and no time. */
  public boolean isRefused() {
    return refused;
  }
}
