package dev.corral;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.corral.stats.Stat;
import dev.corral.stats.StatsCounter;
import java.time.Duration;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Tells which version a value has, and remembers for a while which one the latest invalidation of a
 * key was about: the marks of this process, for what it loads without the remote tier.
 *
 * <p>A mark is left <em>before</em> the flight of its key is doomed. A load that did not see it is
 * doomed after it looked, and fills nothing.
 */
final class Versions<K, V> {

  private static final long MOST_MARKS = 100_000;

  /** Caffeine takes two writes within a second for one, and may not give the second its time. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  private record Mark(long version, long until) {}

  private final @Nullable ToLongFunction<? super V> option;
  private final long lifeNanos;
  private final Ticker ticker;
  private final Cache<K, Mark> marks;
  private final StatsCounter stats;
  private final Events<K, V> events;

  Versions(Config<K, V> config, StatsCounter stats, Events<K, V> events) {
    this.option = config.version();
    this.lifeNanos = config.versionMarkFor().toNanos();
    this.ticker = config.ticker();
    this.marks =
        Caffeine.newBuilder()
            .maximumSize(MOST_MARKS)
            .expireAfterWrite(config.versionMarkFor().plus(TOLERANCE))
            .ticker(ticker::read)
            .build();
    this.stats = stats;
    this.events = events;
  }

  /** Whether values have versions at all. */
  boolean isOn() {
    return option != null;
  }

  /** Returns the version of a value; null if it has none, or values have none at all. */
  @Nullable Long of(@Nullable V value) {
    return option == null || value == null ? null : option.applyAsLong(value);
  }

  /** Leaves a mark in this process, unless there is no version to leave. */
  void leave(K key, @Nullable Long version) {
    if (version != null) {
      long given = version;
      long now = ticker.read();
      marks.asMap().compute(key, (k, held) -> new Mark(highest(held, given, now), now + lifeNanos));
    }
  }

  /** Whether a version, or having none, is older than the mark that this process has of a key. */
  boolean outdate(K key, @Nullable Long version) {
    Mark held = marks.getIfPresent(key);
    return held != null
        && stands(held, ticker.read())
        && (version == null || version < held.version);
  }

  /** Counts a loaded value that is too old to be kept, and returns it for those who wait. */
  Resolved<V> refuse(K key, Entry<V> passing) {
    stats.count(Stat.VERSION_REFUSED);
    events.versionRefused(key);
    return Resolved.outdated(passing);
  }

  private static long highest(@Nullable Mark held, long version, long now) {
    return held != null && stands(held, now) ? Math.max(held.version, version) : version;
  }

  private static boolean stands(Mark mark, long now) {
    return now - mark.until < 0;
  }
}
