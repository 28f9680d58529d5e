package dev.corral;

/** A value has more bytes than the remote tier is given. Never leaves the cache. */
final class ValueTooLargeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ValueTooLargeException(long bytes, long maximum) {
    super(bytes + " bytes are more than maximumValueBytes " + maximum);
  }
}
