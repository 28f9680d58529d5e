package dev.corral.remote;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32;

/** The order of events among the keys of one partition. Guarded by the server's lock. */
final class Partition {

  static final int COUNT = 256;

  // Random, so that what is left over from before a flush is not taken for what came after it.
  private long seq = ThreadLocalRandom.current().nextLong(1, 1L << 40);
  private long floor;

  /** Returns the index of the partition to which a key belongs. */
  static int indexOf(String key) {
    CRC32 crc = new CRC32();
    crc.update(key.getBytes(StandardCharsets.UTF_8));
    return (int) (crc.getValue() & (COUNT - 1));
  }

  long seq() {
    return seq;
  }

  /** Counts an invalidation, and returns its stamp. */
  long advance() {
    return ++seq;
  }

  /** Makes void whatever was stamped until now. */
  void clear() {
    floor = ++seq;
  }

  boolean voids(long stamp) {
    return stamp < floor;
  }
}
