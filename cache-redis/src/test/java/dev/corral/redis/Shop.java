package dev.corral.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.corral.CacheListener;
import dev.corral.TieredCache;
import dev.corral.codec.StringCodec;
import dev.corral.servers.RedisServer;
import dev.corral.servers.faults.FaultProxy;
import dev.corral.stats.Stat;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;

/**
 * One node with a Redis of its own behind a proxy, for tests of what callers notice of its faults:
 * a cache, the loads that were run for it, and what its listener was told of Redis.
 */
final class Shop implements AutoCloseable {

  static final Duration TIMEOUT = Duration.ofMillis(300);
  static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Of the client's pool; one is the subscription's. */
  static final int CONNECTIONS = 8;

  final RedisServer server;
  final FaultProxy proxy;
  final RedisClient jedis;
  final RedisStore store;
  final TieredCache<Long, String> cache;
  final List<String> told = new CopyOnWriteArrayList<>();
  private final Map<Long, AtomicInteger> loads = new ConcurrentHashMap<>();
  private volatile @Nullable Throwable lastFailure;

  Shop(RedisServer server, FaultProxy proxy) {
    this(server, proxy, TIMEOUT, builder -> builder);
  }

  private Shop(
      RedisServer server,
      FaultProxy proxy,
      Duration timeout,
      UnaryOperator<RedisStoreBuilder> options) {
    this.server = server;
    this.proxy = proxy;
    int millis = (int) timeout.toMillis();
    jedis =
        RedisClient.builder()
            .hostAndPort(proxy.host(), proxy.port())
            .clientConfig(
                DefaultJedisClientConfig.builder()
                    .connectionTimeoutMillis(millis)
                    .socketTimeoutMillis(millis)
                    .build())
            .build();
    RedisStoreBuilder builder =
        RedisStore.builder(jedis).namespace(Node.NAMESPACE).heartbeat(Duration.ofMillis(500));
    store = options.apply(builder).build();
    cache =
        TieredCache.<Long, String>builder("shop")
            .freshFor(Duration.ofHours(1))
            .syncInterval(Duration.ofMillis(100))
            .remote(store, StringCodec.utf8())
            .listener(new Ear())
            .build();
  }

  static Shop open(String... settings) {
    return open(builder -> builder, settings);
  }

  static Shop open(UnaryOperator<RedisStoreBuilder> options, String... settings) {
    RedisServer server = ownServer(settings);
    return new Shop(server, FaultProxy.before(server), TIMEOUT, options);
  }

  /** Opens one whose client waits so long that only a broken connection lets a step fail. */
  static Shop openPatient() {
    RedisServer server = ownServer();
    return new Shop(server, FaultProxy.before(server), PATIENCE, builder -> builder);
  }

  static RedisServer ownServer(String... settings) {
    RedisServer server = RedisServer.start(settings);
    assumeTrue(server.controllable(), "the server is not ours to break");
    return server;
  }

  private final class Ear implements CacheListener<Long, String> {
    @Override
    public void remoteDown(Throwable failure) {
      lastFailure = failure;
      told.add("down");
    }

    @Override
    public void remoteUp() {
      told.add("up");
    }
  }

  String get(long key) {
    String value =
        cache.get(
            key,
            k -> {
              loads.computeIfAbsent(k, any -> new AtomicInteger()).incrementAndGet();
              return value(k);
            });
    if (value == null || !value.equals(value(key))) {
      throw new AssertionError("Got " + value + " for " + key);
    }
    return value;
  }

  private static String value(long key) {
    return "value " + key;
  }

  int loads(long key) {
    AtomicInteger count = loads.get(key);
    return count == null ? 0 : count.get();
  }

  /** Returns what the listener was told of when Redis went away. */
  @Nullable Throwable failure() {
    return lastFailure;
  }

  long count(Stat stat) {
    return cache.stats().get(stat);
  }

  /** Gets keys that nobody got before until Redis is known to be away, and that has been told. */
  void getUntilDown() {
    // Refused by then, if a thread in the background found out, and is about to tell.
    long refused = count(Stat.REMOTE_REFUSED);
    for (long key = 1_000_000; told.isEmpty() && count(Stat.REMOTE_REFUSED) == refused; key++) {
      assertThat(key).as("gets that did not open the breaker").isLessThan(1_000_100);
      get(key);
    }
    await().atMost(PATIENCE).until(() -> !told.isEmpty());
  }

  void awaitTold(String... what) {
    await().atMost(PATIENCE).until(() -> told.equals(List.of(what)));
  }

  /** Waits until what this node invalidates has reached Redis. */
  void awaitDelivered() {
    await().atMost(PATIENCE).until(() -> cache.pendingInvalidations() == 0);
  }

  @Override
  public void close() {
    proxy.heal();
    cache.close();
    store.close();
    jedis.close();
    proxy.close();
    server.close();
  }
}
