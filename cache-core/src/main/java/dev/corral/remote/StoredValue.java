package dev.corral.remote;

/** A value as the store holds it: opaque bytes, which load filled them in, and what is left. */
public final class StoredValue {

  private final byte[] bytes;
  private final Id fillId;
  private final long stamp;
  private final long leftMillis;

  /**
   * Creates a value; {@code bytes} is not copied and must not be changed afterwards.
   *
   * @param fillId the token of the lease that published the value, or an id of its own if it was
   *     put
   * @param stamp the stamp of that lease or put
   * @param leftMillis what was left of the value's life, in milliseconds, when it was asked for: at
   *     most the truth, never more
   */
  public StoredValue(byte[] bytes, Id fillId, long stamp, long leftMillis) {
    this.bytes = bytes;
    this.fillId = fillId;
    this.stamp = stamp;
    this.leftMillis = leftMillis;
  }

  /** Returns the bytes themselves, not a copy. */
  public byte[] bytes() {
    return bytes;
  }

  /** Returns the token of the lease that published this value, or its own id if it was put. */
  public Id fillId() {
    return fillId;
  }

  /** Returns the place of this value in the order of its partition. */
  public long stamp() {
    return stamp;
  }

  /** Returns what was left of the value's life, in milliseconds, when it was asked for. */
  public long leftMillis() {
    return leftMillis;
  }

  @Override
  public String toString() {
    return "StoredValue["
        + bytes.length
        + " bytes, fill "
        + fillId
        + ", "
        + leftMillis
        + " ms left]";
  }
}
