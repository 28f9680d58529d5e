package dev.corral.remote;

import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/** Finds keys whose partitions meet, where a store divides them by the last byte of their CRC. */
final class TestKeys {

  private TestKeys() {}

  /** Returns another key of the same partition. */
  static String besides(String key) {
    return IntStream.range(0, 1 << 16)
        .mapToObj(i -> key + "/" + i)
        .filter(other -> partitionOf(other) == partitionOf(key))
        .findFirst()
        .orElseThrow();
  }

  /** Returns a key that is in the same partition as what {@code change} makes of it. */
  static String meeting(UnaryOperator<String> change) {
    return IntStream.range(0, 1 << 16)
        .mapToObj(i -> "key-" + i)
        .filter(key -> partitionOf(key) == partitionOf(change.apply(key)))
        .findFirst()
        .orElseThrow();
  }

  private static long partitionOf(String key) {
    CRC32 crc = new CRC32();
    crc.update(key.getBytes(StandardCharsets.UTF_8));
    return crc.getValue() & 0xff;
  }
}
