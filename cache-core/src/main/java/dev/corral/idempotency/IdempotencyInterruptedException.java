package dev.corral.idempotency;

/**
 * The calling thread was interrupted; its interrupt flag is set again. If it waited, its own action
 * was not run; whoever it waited for goes on. If it was in the action, it is as if the process had
 * died there: what the next caller meets when the reservation has expired is up to the {@link
 * DeadHolderPolicy}.
 */
public final class IdempotencyInterruptedException extends IdempotencyException {

  private static final long serialVersionUID = 1L;

  private final boolean inAction;

  IdempotencyInterruptedException(IdempotencyKey key, Exception cause, boolean inAction) {
    super(
        key,
        "Interrupted %s %s".formatted(inAction ? "in the action of" : "while waiting for", key),
        cause);
    this.inAction = inAction;
  }

  /** Whether the action had been begun by this call. */
  public boolean isInAction() {
    return inAction;
  }
}
