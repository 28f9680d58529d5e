package dev.corral.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.corral.CacheListener;
import dev.corral.InvalidationOrigin;
import dev.corral.TieredCache;
import dev.corral.UndeliveredException;
import dev.corral.codec.StringCodec;
import dev.corral.servers.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** One node of a test of failovers: a cache with both tiers, which holds what it holds for long. */
final class FailoverNode implements AutoCloseable {

  private static final String NAMESPACE = "failover";
  private static final String CACHE = "texts";
  private static final Duration LONG = Duration.ofHours(1);

  final TieredCache<String, String> cache;
  private final UnifiedJedis jedis;
  private final RedisStore store;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  FailoverNode(UnifiedJedis jedis) {
    this.jedis = jedis;
    store = RedisStore.builder(jedis).namespace(NAMESPACE).build();
    cache =
        TieredCache.<String, String>builder(CACHE)
            .freshFor(LONG)
            .jitter(0)
            .remote(store, StringCodec.utf8())
            .listener(new Ear())
            .build();
    // The codec of keys learns from the first one; before that, no message is for this node.
    get("first", "value");
  }

  private final class Ear implements CacheListener<String, String> {
    @Override
    public void invalidated(String key, InvalidationOrigin origin) {
      if (origin == InvalidationOrigin.REMOTE) {
        told.add(key);
      }
    }
  }

  static RedisKeys keys() {
    return new RedisKeys(NAMESPACE, CACHE);
  }

  @Nullable String get(String key, String loaded) {
    return cache.get(key, any -> loaded);
  }

  boolean holdsNo(String key) {
    return cache.getIfPresent(key).isEmpty();
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(5));
  }

  /** The server of these on which this node listens. Waits until it does. */
  RedisServer listensOn(List<RedisServer> servers) {
    return patiently()
        .until(() -> servers.stream().filter(this::listensOn).findFirst(), Optional::isPresent)
        .orElseThrow();
  }

  private boolean listensOn(RedisServer server) {
    try (Jedis admin = new Jedis(server.uri())) {
      return !admin.pubsubChannels(new String(store.nodeChannel(), US_ASCII)).isEmpty();
    } catch (JedisConnectionException e) {
      return false;
    }
  }

  /** Waits until each node hears of the other's invalidations, whichever server has the key. */
  static void awaitInTouch(List<String> keys, FailoverNode one, FailoverNode other) {
    one.awaitHeardBy(other, keys);
    other.awaitHeardBy(one, keys);
  }

  private void awaitHeardBy(FailoverNode other, List<String> keys) {
    other.told.clear();
    patiently()
        .until(
            () -> {
              try {
                // One by one, and again: one that was cut off on its way was not heard of.
                keys.stream().filter(key -> !other.told.contains(key)).forEach(cache::invalidate);
              } catch (UndeliveredException e) {
                return false;
              }
              return other.told.containsAll(keys);
            });
  }

  /** What one node invalidates the other loads, once for both. */
  static void assertCoherent(List<String> keys, FailoverNode one, FailoverNode other) {
    for (String key : keys) {
      other.get(key, "old");
    }
    for (String key : keys) {
      one.cache.invalidate(key);
    }
    for (String key : keys) {
      patiently().until(() -> other.holdsNo(key));
      assertThat(other.get(key, "new")).as(key).isEqualTo("new");
      assertThat(one.get(key, "never loaded")).as(key).isEqualTo("new");
    }
    for (String key : keys) {
      other.cache.invalidate(key);
    }
    for (String key : keys) {
      patiently().until(() -> one.holdsNo(key));
      assertThat(one.get(key, "newer")).as(key).isEqualTo("newer");
      assertThat(other.get(key, "never loaded")).as(key).isEqualTo("newer");
    }
  }

  @Override
  public void close() {
    cache.close();
    store.close();
    jedis.close();
  }
}
