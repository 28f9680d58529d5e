package dev.corral;

import dev.corral.remote.RemoteRegion;
import java.util.List;
import java.util.stream.LongStream;

/** Finds keys by their partition. */
final class Neighbours {

  private Neighbours() {}

  /** Returns other keys of the same partition, the lowest first. */
  static List<Long> of(long key, int count) {
    return LongStream.range(0, Long.MAX_VALUE)
        .filter(other -> other != key && partitionOf(other) == partitionOf(key))
        .limit(count)
        .boxed()
        .toList();
  }

  /** Returns keys of other partitions than this one's, the lowest first. */
  static List<Long> strangersTo(long key, int count) {
    return LongStream.range(0, Long.MAX_VALUE)
        .filter(other -> partitionOf(other) != partitionOf(key))
        .limit(count)
        .boxed()
        .toList();
  }

  static int partitionOf(long key) {
    return RemoteRegion.partitionOf(Long.toString(key));
  }
}
