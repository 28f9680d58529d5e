package dev.corral.remote;

/**
 * The store could not carry out a step, or did not answer in time. Whether the step took effect is
 * not known, unless it {@linkplain #isRefused was refused}.
 */
public final class RemoteStoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean refused;

  /** Creates an exception that says which step failed. */
  public RemoteStoreException(String message) {
    super(message);
    refused = false;
  }

  /** Creates an exception that says which step failed, and why. */
  public RemoteStoreException(String message, Throwable cause) {
    super(message, cause);
    refused = false;
  }

  private RemoteStoreException(String message, Throwable cause, boolean refused) {
    // There may be thousands a second, and all say the same: no stack trace.
    super(message, cause, true, false);
    this.refused = refused;
  }

  /**
   * Returns an exception that says that a step was not tried, because the store is known to be
   * away.
   *
   * @param cause how that is known
   */
  public static RemoteStoreException refused(String message, Throwable cause) {
    return new RemoteStoreException(message, cause, true);
  }

  /** Whether the step was not tried, and so took no effect and no time. */
  public boolean isRefused() {
    return refused;
  }
}
