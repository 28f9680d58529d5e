package dev.corral.micrometer;

import dev.corral.CacheHealth;
import dev.corral.TieredCache;
import dev.corral.stats.CacheStats;
import dev.corral.stats.Stat;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinder;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Shows what a cache counts, and how it does, as meters: those that Micrometer shows of any cache,
 * and Corral's own. What takes time is not measured by this but by {@link CorralMeters#monitor},
 * which binds this too.
 *
 * <p>The meters {@code cache.gets} speak of the cache as a whole: what either tier had for a get is
 * a hit. How many entries there are in all is not known with two tiers, so that {@code cache.size}
 * is there for one tier only, and {@code corral.local.size} for both.
 */
public final class CacheMeters extends CacheMeterBinder<TieredCache<?, ?>> {

  // What a refresh found is taken from what the remote tier answered, and the two are not summed at
  // the same moment.
  private final AtomicLong hits = new AtomicLong();

  // A get counts as a miss of the local tier first, and is an answer of the remote one later: the
  // difference falls at times, and a counter must not.
  private final AtomicLong misses = new AtomicLong();

  /**
   * Creates the meters of a cache, which it does not keep from being collected.
   *
   * @param tags added to {@code cache}, the name of the cache; the meters of its origin, which
   *     other caches may share, do not get them
   */
  public CacheMeters(TieredCache<?, ?> cache, Iterable<Tag> tags) {
    super(cache, cache.name(), tags);
  }

  @Override
  protected @Nullable Long size() {
    return ofCache(
        cache -> cache.health().remote().isPresent() ? null : Long.valueOf(cache.estimatedSize()));
  }

  @Override
  protected long hitCount() {
    return hits.accumulateAndGet(count(cache -> cache.stats().answered()), Math::max);
  }

  @Override
  protected Long missCount() {
    return misses.accumulateAndGet(count(CacheMeters::missesOf), Math::max);
  }

  private static long missesOf(TieredCache<?, ?> cache) {
    CacheStats stats = cache.stats();
    return stats.hits() + stats.misses() - stats.answered();
  }

  @Override
  protected Long evictionCount() {
    return count(cache -> cache.stats().get(Stat.EVICTION));
  }

  /** Values that were loaded and put; a bulk load counts as one. */
  @Override
  protected long putCount() {
    return count(cache -> cache.stats().get(Stat.LOAD) + cache.stats().get(Stat.PUT));
  }

  @Override
  protected void bindImplementationSpecificMetrics(MeterRegistry registry) {
    TieredCache<?, ?> cache = getCache();
    if (cache == null) {
      return;
    }
    for (CacheCounter counter : CacheCounter.values()) {
      counter.bind(registry, cache, of -> of.stats(), getTagsWithCacheName());
    }
    Gauge.builder("corral.local.size", cache, TieredCache::estimatedSize)
        .tags(getTagsWithCacheName())
        .description("About how many entries this process holds, those that are gone included")
        .register(registry);
    if (cache.health().remote().isPresent()) {
      bindRemote(registry, cache);
    }
    // Without the tags of this cache: another one of the same origin may have others.
    new OriginMeters(cache.origin(), Tags.empty()).bindTo(registry);
  }

  private void bindRemote(MeterRegistry registry, TieredCache<?, ?> cache) {
    gauge(
        registry,
        cache,
        "corral.invalidations.pending",
        "Keys and tags whose invalidation the remote tier is still to be told of",
        CacheHealth.Remote::pendingInvalidations);
    gauge(
        registry,
        cache,
        "corral.partitions.suspect",
        "Parts of the keys about which messages were missed within two sync intervals, of 256",
        CacheHealth.Remote::suspectPartitions);
    if (cache.isDisabled()) {
      // It loads without leases by intent, which alerts would take for a remote tier that is away.
      return;
    }
    gauge(
        registry,
        cache,
        "corral.remote.reachable",
        "Whether the remote tier answers: 1 or 0",
        remote -> remote.reachable() ? 1 : 0);
    gauge(
        registry,
        cache,
        "corral.remote.subscribed",
        "Whether messages of other nodes come in: 1 or 0",
        remote -> remote.subscribed() ? 1 : 0);
  }

  private void gauge(
      MeterRegistry registry,
      TieredCache<?, ?> cache,
      String name,
      String description,
      ToDoubleFunction<CacheHealth.Remote> value) {
    Gauge.builder(
            name, cache, of -> of.health().remote().map(value::applyAsDouble).orElse(Double.NaN))
        .tags(getTagsWithCacheName())
        .description(description)
        .register(registry);
  }

  private long count(ToLongFunction<TieredCache<?, ?>> count) {
    TieredCache<?, ?> cache = getCache();
    return cache == null ? 0 : count.applyAsLong(cache);
  }

  private @Nullable Long ofCache(Function<TieredCache<?, ?>, @Nullable Long> count) {
    TieredCache<?, ?> cache = getCache();
    return cache == null ? null : count.apply(cache);
  }
}
