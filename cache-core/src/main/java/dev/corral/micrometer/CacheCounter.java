package dev.corral.micrometer;

import dev.corral.stats.CacheStats;
import dev.corral.stats.Stat;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A counter that shows one of the counts of a cache. */
enum CacheCounter {
  GETS_FRESH(Stat.LOCAL_HIT, "corral.gets", Text.GETS, "result", "fresh"),
  GETS_STALE(Stat.STALE_HIT, "corral.gets", Text.GETS, "result", "stale"),
  GETS_MISS(Stat.MISS, "corral.gets", Text.GETS, "result", "miss"),
  STALE_LOCAL(Stat.STALE_HIT, "corral.stale.served", Text.STALE, "tier", "local"),
  STALE_REMOTE(Stat.STALE_MISS, "corral.stale.served", Text.STALE, "tier", "remote"),
  REMOTE_HITS(Stat.REMOTE_HIT, "corral.remote.hits", "Keys that were found in the remote tier"),
  REMOTE_FAILED(Stat.REMOTE_FAILURE, "corral.remote.errors", Text.ERRORS, "kind", "failed"),
  REMOTE_REFUSED(Stat.REMOTE_REFUSED, "corral.remote.errors", Text.ERRORS, "kind", "refused"),
  WAITS_THREAD(Stat.COALESCED, "corral.waits", Text.WAITS, "on", "thread"),
  WAITS_PEER(Stat.REMOTE_WAIT, "corral.waits", Text.WAITS, "on", "peer"),
  LOADS(Stat.LOAD, "corral.loads", Text.LOADS, "outcome", "success"),
  LOADS_FAILED(Stat.LOAD_FAILURE, "corral.loads", Text.LOADS, "outcome", "failure"),
  LOADS_REJECTED(
      Stat.LOAD_REJECTED,
      "corral.loads.rejected",
      "Loads that were not begun, because their origin was to be spared"),
  LOADS_BACKED_OFF(
      Stat.BACKED_OFF,
      "corral.loads.backed.off",
      "Misses of keys that were left alone, because their load had failed a moment ago"),
  REFRESHES(Stat.REFRESH, "corral.refreshes", Text.REFRESHES, "result", "begun"),
  REFRESHES_DROPPED(Stat.REFRESH_DROPPED, "corral.refreshes", Text.REFRESHES, "result", "dropped"),
  LEASES_GRANTED(
      Stat.LEASE_GRANTED, "corral.leases.granted", "Leases that were granted to this process"),
  LEASES_LOST(
      Stat.LEASE_LOST,
      "corral.leases.lost",
      "Leases that did not stand any more when they were to be renewed"),
  PUBLISHES_LEASE(
      Stat.PUBLISH_REFUSED, "corral.publishes.refused", Text.REFUSED, "reason", "lease"),
  PUBLISHES_VERSION(
      Stat.VERSION_REFUSED, "corral.publishes.refused", Text.REFUSED, "reason", "version"),
  VALUES_UNSHARED(
      Stat.UNSHARED,
      "corral.values.unshared",
      "Values that the remote tier was not given, as they have no bytes there, or too many"),
  VALUES_MALFORMED(
      Stat.MALFORMED,
      "corral.values.malformed",
      "Values in the remote tier that could not be read"),
  INVALIDATIONS_SENT(
      Stat.INVALIDATION_SENT, "corral.invalidations", Text.INVALIDATIONS, "direction", "sent"),
  INVALIDATIONS_RECEIVED(
      Stat.INVALIDATION_RECEIVED,
      "corral.invalidations",
      Text.INVALIDATIONS,
      "direction",
      "received"),
  INVALIDATIONS_REPLAYED(
      Stat.INVALIDATION_REPLAYED,
      "corral.invalidations",
      Text.INVALIDATIONS,
      "direction",
      "replayed"),
  PARTITIONS_SUSPECTED(
      Stat.PARTITION_SUSPECTED,
      "corral.partitions.suspected",
      "Times that a part of the keys was suspected, because messages about it were missed"),
  REVALIDATIONS(
      Stat.REVALIDATION,
      "corral.revalidations",
      "Local entries that were checked against the remote tier before they were served"),
  WRITES(
      Stat.WRITE,
      "corral.writes",
      "Changes of the origin that were run through the cache, by write and change");

  private final Stat stat;
  private final String meter;
  private final String description;
  private final @Nullable String key;
  private final @Nullable String value;

  CacheCounter(Stat stat, String meter, String description) {
    this(stat, meter, description, null, null);
  }

  CacheCounter(
      Stat stat, String meter, String description, @Nullable String key, @Nullable String value) {
    this.stat = stat;
    this.meter = meter;
    this.description = description;
    this.key = key;
    this.value = value;
  }

  /** Shows the count of something that counts. */
  <T> void bind(MeterRegistry registry, T of, Function<T, CacheStats> stats, Iterable<Tag> tags) {
    FunctionCounter.builder(meter, of, source -> stats.apply(source).get(stat))
        .tags(tags)
        .tags(key == null || value == null ? Tags.empty() : Tags.of(key, value))
        .description(description)
        .register(registry);
  }

  /** What several counters of one name say of themselves. */
  private static final class Text {
    static final String GETS = "Gets, by what the local tier had for them";
    static final String STALE = "Stale values that were served";
    static final String ERRORS = "Steps of the remote tier that failed, or were not even tried";
    static final String WAITS = "Waits for a load that somebody else ran";
    static final String LOADS = "Calls of loaders that returned or threw";
    static final String REFRESHES = "Refreshes in the background";
    static final String REFUSED = "Loaded values that were not stored, as newer ones were known of";
    static final String INVALIDATIONS =
        "Invalidations that this process asked for, was told of, or delivered later";
  }
}
