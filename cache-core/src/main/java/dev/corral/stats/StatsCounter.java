package dev.corral.stats;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens in one cache. Thread-safe, and cheap where many threads count at a time. */
public final class StatsCounter {

  private final Map<Stat, LongAdder> counts = new EnumMap<>(Stat.class);

  /** Creates a counter that stands at zero everywhere. */
  public StatsCounter() {
    for (Stat stat : Stat.values()) {
      counts.put(stat, new LongAdder());
    }
  }

  /** Counts one. */
  public void count(Stat stat) {
    count(stat, 1);
  }

  /** Counts several at once. */
  public void count(Stat stat, long amount) {
    Objects.requireNonNull(counts.get(stat)).add(amount);
  }

  /** Returns what was counted up to now; counts of one moment, but for what happens meanwhile. */
  public CacheStats snapshot() {
    Map<Stat, Long> values = new EnumMap<>(Stat.class);
    counts.forEach((stat, count) -> values.put(stat, count.sum()));
    return new CacheStats(values);
  }
}
