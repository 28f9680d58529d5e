package dev.corral.codec;

/** A value that has no bytes, or bytes that are no value, in the format of a codec. */
public final class CodecException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates an exception that says what was wrong. */
  public CodecException(String message) {
    super(message);
  }

  /** Creates an exception that says what was wrong, and why. */
  public CodecException(String message, Throwable cause) {
    super(message, cause);
  }
}
