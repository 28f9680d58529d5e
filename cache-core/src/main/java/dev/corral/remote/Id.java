package dev.corral.remote;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * The 16 bytes that name one grant: the fencing token of a lease, and afterwards the identity of
 * the value which that lease published. Never used twice by any node.
 */
public record Id(long high, long low) {

  /** The length of an id in bytes. */
  public static final int BYTES = 16;

  /** Reads an id from 16 bytes at {@code offset}, big-endian. */
  public static Id from(byte[] bytes, int offset) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, BYTES);
    return new Id(buffer.getLong(), buffer.getLong());
  }

  /** Returns the 16 bytes of this id, big-endian. */
  public byte[] toBytes() {
    return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
  }

  /** Returns the 32 hexadecimal digits of this id. */
  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(high) + hex.toHexDigits(low);
  }
}
