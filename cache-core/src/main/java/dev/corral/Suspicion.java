package dev.corral;

import dev.corral.codec.KeyCodec;
import dev.corral.remote.RemoteRegion;
import dev.corral.stats.Stat;
import dev.corral.stats.StatsCounter;
import java.util.BitSet;

/** Ends the trust in all that this process holds, or is about to fill, of some partitions. */
final class Suspicion<K, V> {

  private final KeyCodec<K> keys;
  private final Eras eras;
  private final Flights<K, V> flights;
  private final RemoteHealth health;
  private final StatsCounter stats;
  private final Events<K, V> events;

  Suspicion(
      KeyCodec<K> keys,
      Eras eras,
      Flights<K, V> flights,
      RemoteHealth health,
      StatsCounter stats,
      Events<K, V> events) {
    this.keys = keys;
    this.eras = eras;
    this.flights = flights;
    this.health = health;
    this.stats = stats;
    this.events = events;
  }

  void suspect(BitSet partitions) {
    if (partitions.isEmpty()) {
      return;
    }
    // The eras first: a flight that begins in between belongs to the new one, and is doomed for
    // nothing; the other way round, it would be of the old one, and joined by whoever asks next.
    partitions.stream().forEach(eras::end);
    flights.doomWhere(key -> isIn(key, partitions));
    health.suspected(partitions);
    stats.count(Stat.PARTITION_SUSPECTED, partitions.cardinality());
    partitions.stream().forEach(events::partitionSuspected);
  }

  private boolean isIn(K key, BitSet partitions) {
    try {
      return partitions.get(RemoteRegion.partitionOf(keys.encode(key)));
    } catch (RuntimeException e) {
      // A key without a name in the remote tier; whoever leads its flight is told so.
      return false;
    }
  }
}
