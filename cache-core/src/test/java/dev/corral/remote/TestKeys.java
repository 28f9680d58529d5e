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
        .filter(other -> Partition.indexOf(other) == Partition.indexOf(key))
        .findFirst()
        .orElseThrow();
  }

  /** Returns a key that is in the same partition as what {@code change} makes of it. */
  static String meeting(UnaryOperator<String> change) {
    return IntStream.range(0, 1 << 16)
        .mapToObj(i -> "key-" + i)
        .filter(key -> Partition.indexOf(key) == Partition.indexOf(change.apply(key)))
        .findFirst()
        .orElseThrow();
  }
}
