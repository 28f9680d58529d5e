package dev.corral.micrometer;

import dev.corral.CacheBuilder;
import dev.corral.TieredCache;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.List;

/**
 * Measures caches with Micrometer.
 *
 * <pre>{@code
 * TieredCache<Long, Product> products =
 *     CorralMeters.monitor(
 *         TieredCache.<Long, Product>builder("products").freshFor(Duration.ofMinutes(5)), registry);
 * }</pre>
 *
 * <p>A fresh hit costs nothing more: it is counted anyway, and not timed. Of a stale one, its age
 * is recorded. The meters stay when the cache is closed.
 */
public final class CorralMeters {

  private CorralMeters() {}

  /** As {@link #monitor(CacheBuilder, MeterRegistry, Iterable)}, without tags. */
  public static <K, V> TieredCache<K, V> monitor(
      CacheBuilder<K, V> builder, MeterRegistry registry) {
    return monitor(builder, registry, List.of());
  }

  /**
   * Builds a cache that is measured: what {@link CacheMeters} shows, timers of loads, refreshes,
   * waits and steps of the remote tier, and the age of stale values.
   *
   * @param builder gets an observer and a listener: it is not to build another cache
   * @param tags of the meters, besides the name of the cache; those of its origin, which other
   *     caches may share, do not get them
   */
  public static <K, V> TieredCache<K, V> monitor(
      CacheBuilder<K, V> builder, MeterRegistry registry, Iterable<Tag> tags) {
    Tags all = Tags.concat(tags, "cache", builder.name());
    TieredCache<K, V> cache =
        builder
            .observer(new StepTimers(registry, all))
            .listener(new StaleAge(registry, all))
            .build();
    new CacheMeters(cache, tags).bindTo(registry);
    return cache;
  }
}
