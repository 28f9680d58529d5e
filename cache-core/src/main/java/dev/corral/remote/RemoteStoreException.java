package dev.corral.remote;

/**
 * The store could not carry out a step, or did not answer in time. Whether the step took effect is
 * not known.
 */
public final class RemoteStoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates an exception that says which step failed. */
  public RemoteStoreException(String message) {
    super(message);
  }

  /** Creates an exception that says which step failed, and why. */
  public RemoteStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
