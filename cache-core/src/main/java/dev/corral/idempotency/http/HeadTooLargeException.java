package dev.corral.idempotency.http;

/** A response has more headers, or longer ones, than are kept. */
final class HeadTooLargeException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final int status;

  HeadTooLargeException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** Returns the status of the response. */
  int status() {
    return status;
  }
}
