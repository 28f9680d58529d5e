package dev.corral;

import dev.corral.codec.StringCodec;
import dev.corral.remote.InMemoryRemoteServer;
import dev.corral.stats.Stat;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Nodes that one thread plays, with all that they depend on: the time, which stands still, the
 * random numbers, which are 0, the server and the origin. Background work is done at once, on the
 * thread that causes it. Jitter is off.
 */
final class TestCluster {

  /** Renews leases of loads that last: none of those that one thread plays. */
  private static final ScheduledExecutorService TIMER =
      Executors.newScheduledThreadPool(
          1,
          task -> {
            Thread thread = new Thread(task, "test-timer");
            thread.setDaemon(true);
            return thread;
          });

  static final Duration NANO = Duration.ofNanos(1);
  static final Duration FRESH = Duration.ofSeconds(10);
  static final Duration STALE = Duration.ofSeconds(20);

  final ManualTicker ticker = new ManualTicker();
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
        .scheduler(TIMER);
  }

  /** Lets time pass everywhere. */
  void advance(Duration time) {
    ticker.advance(time);
    server.advance(time);
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
