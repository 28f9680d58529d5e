package dev.corral.history;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Whole numbers in 1 to 10 bytes, those near zero in few. */
final class Varint {

  private Varint() {}

  static void write(DataOutput out, long number) throws IOException {
    // Zigzag: the sign goes to the lowest bit.
    long rest = (number << 1) ^ (number >> 63);
    while ((rest & ~0x7FL) != 0) {
      out.writeByte((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  static long read(DataInput in) throws IOException {
    long bits = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = in.readUnsignedByte();
      bits |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        return (bits >>> 1) ^ -(bits & 1);
      }
    }
    throw new IOException("A number of more than 10 bytes");
  }
}
