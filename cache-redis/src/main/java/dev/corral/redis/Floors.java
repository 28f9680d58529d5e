package dev.corral.redis;

import dev.corral.remote.RemoteRegion;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The floors of a region's partitions as this node last saw them: what it writes into the leases it
 * asks for. Zero, which is no floor, until it has seen one. Thread-safe.
 */
final class Floors {

  private final AtomicLongArray known = new AtomicLongArray(RemoteRegion.PARTITIONS);

  long of(int partition) {
    return known.get(partition);
  }

  void note(int partition, Window window) {
    known.set(partition, window.floor());
  }
}
