package dev.corral.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.corral.TieredCache;
import dev.corral.codec.StringCodec;
import dev.corral.servers.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;

/** A thousand caches come and go, many of them in the middle of loads: nothing is left of them. */
@SuppressWarnings("NullAway.Init") // set up before each test
class CloseLeaksNothingTest {

  private static final int CACHES = 1_000;
  private static final int CACHES_A_STORE = 50;
  private static final int LOADS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private RedisServer server;
  private Jedis admin;
  private RedisClient jedis;
  private ExecutorService callers;

  @BeforeEach
  void start() {
    server = RedisServer.start();
    admin = new Jedis(server.uri());
    jedis = RedisClient.create(server.uri());
    callers = Executors.newCachedThreadPool();
  }

  @AfterEach
  void stop() {
    callers.shutdownNow();
    jedis.close();
    admin.close();
    server.close();
  }

  @Test
  void ofAThousandCachesOfOneStoreNothingIsLeft() throws Exception {
    long threads = ownThreads();
    RedisStore store = RedisStore.builder(jedis).namespace("leaks").build();

    for (int i = 0; i < CACHES; i++) {
      openAndClose(store, "cache-" + i, i % 2 == 0);
    }

    // The store's own channel is what is left.
    await().atMost(PATIENCE).until(() -> admin.pubsubChannels("*").size() == 1);
    assertThat(clients()).as("connections: the pool's, and ours").isLessThanOrEqualTo(9);
    assertThat(leases()).isEmpty();
    store.close();
    assertNothingLeft(threads);
  }

  @Test
  void ofAThousandCachesOfManyStoresNothingIsLeft() throws Exception {
    long threads = ownThreads();

    for (int i = 0; i < CACHES; i += CACHES_A_STORE) {
      try (RedisStore store = RedisStore.builder(jedis).namespace("leaks").build()) {
        for (int j = 0; j < CACHES_A_STORE; j++) {
          openAndClose(store, "cache-" + (i + j), j % 2 == 0);
        }
      }
    }

    assertNothingLeft(threads);
  }

  // The store is gone before the loads end: they have nobody to publish to any more.
  @Test
  void storesThatAreClosedBeforeTheirCachesLeaveNothingButLeasesThatExpire() throws Exception {
    long threads = ownThreads();

    for (int i = 0; i < 50; i++) {
      RedisStore store = RedisStore.builder(jedis).namespace("leaks").build();
      TieredCache<Long, String> cache = open(store, "cache-" + i);
      CountDownLatch let = new CountDownLatch(1);
      List<Future<String>> loads = load(cache, let);
      store.close();
      cache.close();
      let.countDown();
      for (Future<String> load : loads) {
        assertThat(load.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNotNull();
      }
    }

    assertNothingLeft(threads);
  }

  private void openAndClose(RedisStore store, String name, boolean whileLoading) throws Exception {
    TieredCache<Long, String> cache = open(store, name);
    CountDownLatch let = new CountDownLatch(1);
    List<Future<String>> loads = whileLoading ? load(cache, let) : List.of();
    cache.close();
    let.countDown();
    for (Future<String> load : loads) {
      assertThat(load.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("value");
    }
  }

  private static TieredCache<Long, String> open(RedisStore store, String name) {
    return TieredCache.<Long, String>builder(name)
        .freshFor(Duration.ofHours(1))
        .leaseTime(Duration.ofSeconds(5))
        .remote(store, StringCodec.utf8())
        .build();
  }

  /** Begins loads that end when they are let. */
  private List<Future<String>> load(TieredCache<Long, String> cache, CountDownLatch let)
      throws InterruptedException {
    CountDownLatch loading = new CountDownLatch(LOADS);
    List<Future<String>> loads = new ArrayList<>();
    for (long key = 0; key < LOADS; key++) {
      long own = key;
      loads.add(
          callers.submit(
              () ->
                  Objects.requireNonNull(
                      cache.get(
                          own,
                          k -> {
                            loading.countDown();
                            let.await();
                            return "value";
                          }))));
    }
    assertThat(loading.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("all load").isTrue();
    return loads;
  }

  private void assertNothingLeft(long threads) {
    await().atMost(PATIENCE).until(() -> admin.pubsubChannels("*").isEmpty());
    await().atMost(PATIENCE).until(() -> jedis.getPool().getNumActive() == 0);
    await().atMost(PATIENCE).until(() -> leases().isEmpty());
    await().atMost(PATIENCE).until(() -> ownThreads() <= threads);
    jedis.close();
    await().atMost(PATIENCE).until(() -> clients() == 1);
  }

  private long clients() {
    return admin.clientList().lines().count();
  }

  /** The keys that hold a lease. */
  private List<String> leases() {
    return admin.keys("*e:*").stream()
        .filter(key -> admin.getrange(key, 0, 0).equals("L"))
        .toList();
  }

  private static long ownThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("corral-"))
        .count();
  }
}
