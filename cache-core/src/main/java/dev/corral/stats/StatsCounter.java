package dev.corral.stats;

import java.util.concurrent.atomic.LongAdder;

/** Counts what happens in one cache. Thread-safe, and cheap where many threads count at a time. */
public final class StatsCounter {

  private static final Stat[] STATS = Stat.values();

  private final LongAdder[] counts = new LongAdder[STATS.length];

  /** Creates a counter that stands at zero everywhere. */
  public StatsCounter() {
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new LongAdder();
    }
  }

  /** Counts one. */
  public void count(Stat stat) {
    counts[stat.ordinal()].increment();
  }

  /** Counts several at once. */
  public void count(Stat stat, long amount) {
    counts[stat.ordinal()].add(amount);
  }

  /** Returns what was counted up to now; counts of one moment, but for what happens meanwhile. */
  public CacheStats snapshot() {
    long[] values = new long[counts.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = counts[i].sum();
    }
    return new CacheStats(values);
  }
}
