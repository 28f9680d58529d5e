package dev.corral.remote;

import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Finds keys that share a partition, so that a store has reason to mix them up. */
final class TestKeys {

  private TestKeys() {}

  /** Returns another key of the same partition. */
  static String besides(String key) {
    return IntStream.range(0, 1 << 16)
        .mapToObj(i -> key + "/" + i)
        .filter(other -> RemoteRegion.partitionOf(other) == RemoteRegion.partitionOf(key))
        .findFirst()
        .orElseThrow();
  }

  /** Returns a key that is in the same partition as what {@code change} makes of it. */
  static String meeting(UnaryOperator<String> change) {
    return IntStream.range(0, 1 << 16)
        .mapToObj(i -> "key-" + i)
        .filter(key -> RemoteRegion.partitionOf(key) == RemoteRegion.partitionOf(change.apply(key)))
        .findFirst()
        .orElseThrow();
  }
}
