package dev.corral.remote;

/** A failed load as the store remembers it: opaque bytes. */
public final class StoredFailure {

  private final byte[] bytes;

  /** Creates a failure; {@code bytes} is not copied and must not be changed afterwards. */
  public StoredFailure(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Returns the bytes themselves, not a copy. */
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public String toString() {
    return "StoredFailure[" + bytes.length + " bytes]";
  }
}
