package dev.corral.idempotency;

import org.jspecify.annotations.Nullable;

/**
 * The action failed: the one that this call ran, or the one whose outcome is replayed. {@link
 * #getCause} is what it threw, if it ran in this call; else there is none.
 */
public final class ActionFailedException extends IdempotencyException {

  private static final long serialVersionUID = 1L;

  private final String failureType;
  private final String failureMessage;
  private final boolean replayed;
  private final boolean retryable;
  private final boolean stored;
  private final boolean onlyRun;

  /** What the action of this call threw. */
  ActionFailedException(
      IdempotencyKey key,
      StoredFailure failure,
      Exception cause,
      boolean retryable,
      boolean stored,
      boolean onlyRun) {
    this(key, failure, cause, false, retryable, stored, onlyRun);
  }

  /** What another call's action threw. */
  ActionFailedException(IdempotencyKey key, StoredFailure failure) {
    this(key, failure, null, true, false, true, false);
  }

  private ActionFailedException(
      IdempotencyKey key,
      StoredFailure failure,
      @Nullable Exception cause,
      boolean replayed,
      boolean retryable,
      boolean stored,
      boolean onlyRun) {
    super(key, "The action of %s failed: %s".formatted(key, failure), cause);
    failureType = failure.type();
    failureMessage = failure.message();
    this.replayed = replayed;
    this.retryable = retryable;
    this.stored = stored;
    this.onlyRun = onlyRun;
  }

  /** Returns the class name of what the action threw. */
  public String failureType() {
    return failureType;
  }

  /** Returns the message of what the action threw, cut at 1,024 bytes; empty if it had none. */
  public String failureMessage() {
    return failureMessage;
  }

  /** Whether it was another call whose action failed. */
  public boolean isReplayed() {
    return replayed;
  }

  /**
   * Whether the failure was declared to be retryable, so that the key is free: the next call runs
   * its action. Otherwise each later call gets this failure.
   */
  public boolean isRetryable() {
    return retryable;
  }

  /**
   * Whether the failure is known to be stored, so that each later call gets it. False if it is
   * retryable, and if the store failed after the action had run (it is tried again in the
   * background).
   */
  public boolean isStored() {
    return stored;
  }

  /**
   * Whether this call's run is known to be the only one that the key has had: the first, whose
   * reservation stood when it ended. Then what a retryable failure says, that nothing has happened,
   * is so of the key; else an earlier holder that died, or one that came meanwhile, may have taken
   * effect. False if it is replayed.
   */
  public boolean isOnlyRun() {
    return onlyRun;
  }
}
