package dev.corral;

import dev.corral.codec.KeyCodec;
import dev.corral.remote.RemoteRegion;
import dev.corral.stats.Stat;
import dev.corral.stats.StatsCounter;

/** Ends the trust in all that this process holds, or is about to fill, of one partition. */
final class Suspicion<K, V> {

  private final KeyCodec<K> keys;
  private final Eras eras;
  private final Flights<K, V> flights;
  private final StatsCounter stats;
  private final Events<K, V> events;

  Suspicion(
      KeyCodec<K> keys, Eras eras, Flights<K, V> flights, StatsCounter stats, Events<K, V> events) {
    this.keys = keys;
    this.eras = eras;
    this.flights = flights;
    this.stats = stats;
    this.events = events;
  }

  void suspect(int partition) {
    // The era first: a flight that begins in between belongs to the new one, and is doomed for
    // nothing; the other way round, it would be of the old one, and joined by whoever asks next.
    eras.end(partition);
    flights.doomWhere(key -> isIn(key, partition));
    stats.count(Stat.PARTITION_SUSPECTED);
    events.partitionSuspected(partition);
  }

  private boolean isIn(K key, int partition) {
    try {
      return RemoteRegion.partitionOf(keys.encode(key)) == partition;
    } catch (RuntimeException e) {
      // A key without a name in the remote tier; whoever leads its flight is told so.
      return false;
    }
  }
}
