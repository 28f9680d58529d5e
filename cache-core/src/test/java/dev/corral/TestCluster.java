package dev.corral;

import dev.corral.codec.StringCodec;
import dev.corral.remote.InMemoryRemoteServer;
import dev.corral.stats.Stat;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * Nodes that one thread plays, with all that they depend on: the time, which stands still, the
 * random numbers, which are 0, the server and the origin. Background work is done at once, on the
 * thread that causes it. Jitter is off.
 */
final class TestCluster {

  static final Duration NANO = Duration.ofNanos(1);
  static final Duration FRESH = Duration.ofSeconds(10);
  static final Duration STALE = Duration.ofSeconds(20);

  final ManualTicker ticker = new ManualTicker();
  final HandScheduler scheduler = new HandScheduler();
  final ScriptedRandom random = new ScriptedRandom();
  final InMemoryRemoteServer server = new InMemoryRemoteServer();
  final TestOrigin origin = new TestOrigin(ticker);

  /** Begins a cache that has nobody to share with. */
  CacheBuilder<Long, String> alone() {
    return bare(Long.class, String.class).freshFor(FRESH).staleFor(STALE);
  }

  /** Begins a cache on a new node. */
  CacheBuilder<Long, String> node() {
    return alone().remote(server.newNode(), StringCodec.utf8());
  }

  /** Begins a cache of which nothing is said on how long its values live. */
  <K, V> CacheBuilder<K, V> bare(Class<K> keys, Class<V> values) {
    return TieredCache.<K, V>builder("products")
        .jitter(0)
        .ticker(ticker)
        .random(random)
        .executor(Runnable::run)
        .scheduler(scheduler);
  }

  /** Lets time pass everywhere but for timers: no lease is renewed, and no seqs are compared. */
  void advance(Duration time) {
    ticker.advance(time);
    server.advance(time);
  }

  /** Lets time pass for the timers alone, so that nodes compare their seqs with the server's. */
  void sync() {
    scheduler.advance(Duration.ofSeconds(1));
  }

  /** Returns all that a cache has counted, without what is zero. */
  static Map<Stat, Long> counts(TieredCache<?, ?> cache) {
    Map<Stat, Long> counts = new EnumMap<>(Stat.class);
    for (Stat stat : Stat.values()) {
      if (cache.stats().get(stat) != 0) {
        counts.put(stat, cache.stats().get(stat));
      }
    }
    return counts;
  }
}
