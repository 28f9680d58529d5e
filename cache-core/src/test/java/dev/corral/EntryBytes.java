package dev.corral;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Changes the bytes of an entry and makes the checksum right again, as an attacker would. */
final class EntryBytes {

  private final ByteBuffer bytes;

  EntryBytes(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes.clone());
  }

  EntryBytes putByte(int at, int value) {
    bytes.put(at, (byte) value);
    return this;
  }

  EntryBytes putShort(int at, int value) {
    bytes.putShort(at, (short) value);
    return this;
  }

  EntryBytes putInt(int at, int value) {
    bytes.putInt(at, value);
    return this;
  }

  EntryBytes putLong(int at, long value) {
    bytes.putLong(at, value);
    return this;
  }

  byte[] withChecksum() {
    return withChecksum(bytes.array());
  }

  /** Writes the right checksum into the last four bytes. */
  static byte[] withChecksum(byte[] bytes) {
    int end = bytes.length - Integer.BYTES;
    if (end >= 0) {
      var crc = new CRC32C();
      crc.update(bytes, 0, end);
      ByteBuffer.wrap(bytes).putInt(end, (int) crc.getValue());
    }
    return bytes;
  }
}
