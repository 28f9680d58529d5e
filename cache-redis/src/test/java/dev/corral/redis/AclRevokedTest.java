package dev.corral.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.corral.TieredCache;
import dev.corral.codec.StringCodec;
import dev.corral.servers.TlsRedis;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;

/** Two nodes, whose rights are taken away while they work, and given back. */
@SuppressWarnings("NullAway.Init") // set up before each test
class AclRevokedTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ConcurrentMap<Long, String> rows = new ConcurrentHashMap<>();
  private TlsRedis server;
  private Jedis admin;
  private RedisNode one;
  private RedisNode two;

  /** A node with a client and a store of its own. */
  private record RedisNode(RedisClient jedis, RedisStore store, TieredCache<Long, String> cache) {

    static RedisNode over(TlsRedis server) {
      RedisClient jedis = AclUser.client(server, AclUser.trusting(server));
      RedisStore store = RedisStore.builder(jedis).namespace(AclUser.NAMESPACE).build();
      return new RedisNode(
          jedis,
          store,
          TieredCache.<Long, String>builder("products")
              .freshFor(Duration.ofMinutes(10))
              .remote(store, StringCodec.utf8())
              .build());
    }

    void close() {
      cache.close();
      store.close();
      jedis.close();
    }
  }

  @BeforeEach
  void start() {
    server = TlsRedis.start();
    admin = new Jedis(server.plainUri());
    AclUser.create(admin);
    one = RedisNode.over(server);
    two = RedisNode.over(server);
  }

  @AfterEach
  void stop() {
    one.close();
    two.close();
    admin.close();
    server.close();
  }

  private static String fail(Long key) {
    throw new AssertionError("loaded " + key);
  }

  @Test
  void nodesWithTheRightsOfTheDocsShareAndTellEachOtherOverTls() {
    rows.put(1L, "a");

    assertThat(one.cache.get(1L, rows::get)).isEqualTo("a");
    assertThat(two.cache.get(1L, AclRevokedTest::fail)).isEqualTo("a");
    rows.put(1L, "b");
    one.cache.invalidate(1L);
    await().atMost(PATIENCE).until(() -> "b".equals(two.cache.get(1L, rows::get)));
    two.cache.write(1L, "c", rows::put);
    await().atMost(PATIENCE).until(() -> "c".equals(one.cache.get(1L, rows::get)));
    one.cache.get(
        2L,
        (key, context) -> {
          context.tags("tag");
          return "tagged";
        });
    assertThat(two.cache.get(2L, AclRevokedTest::fail)).isEqualTo("tagged");
    two.cache.invalidateTag("tag");
    await().atMost(PATIENCE).until(() -> "later".equals(one.cache.get(2L, key -> "later")));
    two.cache.invalidateAll();
    await().atMost(PATIENCE).until(() -> "last".equals(one.cache.get(2L, key -> "last")));
  }

  static Stream<Arguments> waysToTakeRightsAway() {
    Consumer<Jedis> revoke = AclUser::revoke;
    Consumer<Jedis> lock = AclUser::lock;
    return Stream.of(Arguments.of("no rights", revoke), Arguments.of("locked out", lock));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("waysToTakeRightsAway")
  void getsGoOnAndInvalidationsAreDeliveredWhenTheRightsAreBack(String name, Consumer<Jedis> take) {
    for (long key = 0; key < 20; key++) {
      rows.put(key, "old");
      assertThat(one.cache.get(key, rows::get)).isEqualTo("old");
      assertThat(two.cache.get(key, rows::get)).isEqualTo("old");
    }

    take.accept(admin);

    for (long key = 0; key < 20; key++) {
      assertThat(one.cache.get(key, rows::get)).isEqualTo("old");
      assertThat(one.cache.get(100 + key, k -> "loaded")).isEqualTo("loaded");
      assertThat(two.cache.get(100 + key, k -> "loaded")).isEqualTo("loaded");
    }
    for (long key = 0; key < 10; key++) {
      rows.put(key, "new");
      one.cache.invalidate(key);
      assertThat(one.cache.get(key, rows::get)).isEqualTo("new");
    }
    assertThat(one.cache.pendingInvalidations()).isEqualTo(10);

    AclUser.create(admin);

    await().atMost(PATIENCE).until(() -> one.cache.pendingInvalidations() == 0);
    for (long key = 0; key < 10; key++) {
      long changed = key;
      await().atMost(PATIENCE).until(() -> "new".equals(two.cache.get(changed, rows::get)));
    }
    // And they share again.
    await().atMost(PATIENCE).until(() -> isShared(200L));
  }

  private boolean isShared(long key) {
    one.cache.invalidate(key);
    one.cache.get(key, k -> "shared");
    return "shared".equals(two.cache.get(key, k -> "own"));
  }
}
