package dev.corral.redis;

import dev.corral.remote.Id;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** One node's identity, and the tokens it makes: none of them is ever made twice. Thread-safe. */
final class Tokens {

  private static final long SEED_ORIGIN = 1L << 51;

  private final long node;
  private final AtomicLong count = new AtomicLong();

  Tokens() {
    node = new SecureRandom().nextLong();
  }

  Id next() {
    return new Id(node, count.incrementAndGet());
  }

  long node() {
    return node;
  }

  byte[] nodeBytes() {
    return ByteBuffer.allocate(Long.BYTES).putLong(node).array();
  }

  String nodeHex() {
    return HexFormat.of().toHexDigits(node);
  }

  /**
   * Returns where a partition's history may start: from 2^51 to 2^52, which is 16 digits long, has
   * room for 2^52 invalidations and is exact as a double, which is what Lua calculates with.
   */
  static byte[] seed() {
    return Bytes.number(ThreadLocalRandom.current().nextLong(SEED_ORIGIN, 2 * SEED_ORIGIN));
  }
}
