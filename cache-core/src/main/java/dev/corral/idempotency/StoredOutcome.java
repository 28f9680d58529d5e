package dev.corral.idempotency;

import java.util.Arrays;

/** The bytes of an outcome, which stores keep and do not read. Immutable. */
public final class StoredOutcome {

  private final byte[] bytes;

  /** Takes some bytes, which nobody may change any more. */
  public StoredOutcome(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Returns the bytes, which nobody may change. */
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StoredOutcome that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Returns how many bytes there are. */
  @Override
  public String toString() {
    return bytes.length + " bytes";
  }
}
