package dev.corral.idempotency.http;

/** A request was carried out, and its response is larger than what is kept. */
final class ResponseTooLargeException extends Exception {

  private static final long serialVersionUID = 1L;

  ResponseTooLargeException(long bytes, int most) {
    this("A response must have at most maximumResponseBytes %d: %d".formatted(most, bytes));
  }

  ResponseTooLargeException(HeadTooLargeException head) {
    this(String.valueOf(head.getMessage()));
  }

  private ResponseTooLargeException(String message) {
    super(message, null, false, false);
  }
}
