package dev.corral.stats;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** What a cache has counted since it was built. Immutable. */
public final class CacheStats {

  private final Map<Stat, Long> values;

  CacheStats(Map<Stat, Long> values) {
    this.values = values;
  }

  /** Returns one of the counts. */
  public long get(Stat stat) {
    return values.getOrDefault(stat, 0L);
  }

  /** Returns the gets that were answered without waiting, by a fresh or a stale local entry. */
  public long hits() {
    return get(Stat.LOCAL_HIT) + get(Stat.STALE_HIT);
  }

  /** Returns the gets that found nothing in the local tier which they could serve. */
  public long misses() {
    return get(Stat.MISS);
  }

  /** Returns the gets that a local or remote entry answered, so that they needed no load. */
  public long answered() {
    return hits() + get(Stat.REMOTE_HIT) + get(Stat.REMOTE_HIT_SHARED) - get(Stat.REFRESH_FOUND);
  }

  /** Returns the loader calls, whether they returned or threw. */
  public long loads() {
    return get(Stat.LOAD) + get(Stat.LOAD_FAILURE);
  }

  /** Returns the time spent in loader calls, summed over threads. */
  public Duration loadTime() {
    return Duration.ofNanos(get(Stat.LOAD_NANOS));
  }

  @Override
  public String toString() {
    StringJoiner joiner = new StringJoiner(", ", "CacheStats[", "]");
    for (Stat stat : Stat.values()) {
      if (get(stat) != 0) {
        joiner.add(stat.name().toLowerCase(Locale.ROOT) + "=" + get(stat));
      }
    }
    return joiner.toString();
  }
}
