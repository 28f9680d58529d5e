package dev.corral.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.corral.TieredCache;
import dev.corral.codec.JacksonCodec;
import dev.corral.redis.RedisStore;
import dev.corral.remote.RemoteRegion;
import dev.corral.remote.RemoteStore;
import dev.corral.servers.RedisServer;
import dev.corral.stats.Stat;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;

/** The script of docs/invalidation.md, for processes that are not Java, as it stands there. */
class OutsideScriptTest {

  private static final DocsPage PAGE = new DocsPage("invalidation.md");
  private static final Matcher LINE =
      PAGE.find("--eval invalidate.lua '(.*)' '(.*)' '(.*)' , '(.*)'");
  private static final String ENTRY = LINE.group(1);
  private static final String RIGHT = LINE.group(2);
  private static final String PARTITION = LINE.group(3);
  private static final String KEY = LINE.group(4);
  private static final RedisServer SERVER = RedisServer.start();

  private final ProductRepository repository = new ProductRepository();
  private final UnifiedJedis jedis = RedisClient.create(SERVER.host(), SERVER.port());
  private final RemoteStore hereRedis = RedisStore.builder(jedis).namespace("shop").build();
  private final RemoteStore thereRedis = RedisStore.builder(jedis).namespace("shop").build();
  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
  private final TieredCache<Long, Product> here = node(hereRedis);
  private final TieredCache<Long, Product> there = node(thereRedis);

  @AfterAll
  static void stopServer() {
    SERVER.close();
  }

  /** Begins when both nodes hear each other, and have asked how far the partitions have come. */
  @BeforeEach
  void awaitSubscriptions() throws Exception {
    repository.save(new Product(42, "a chair", 7));
    await().until(() -> subscribers() == 2);
    here.invalidateAll();
    there.invalidateAll();
    awaitHeard(0);
    scheduler.submit(() -> {}).get();
  }

  @AfterEach
  void close() {
    here.close();
    there.close();
    hereRedis.close();
    thereRedis.close();
    scheduler.shutdownNow();
    await().until(() -> subscribers() == 0);
    jedis.close();
  }

  private long subscribers() {
    String question = "return redis.call('PUBSUB', 'NUMSUB', ARGV[1])[2]";
    return (Long) jedis.eval(question, List.of(), List.of("corral:{shop/products}:inv"));
  }

  private TieredCache<Long, Product> node(RemoteStore redis) {
    return TieredCache.<Long, Product>builder("products")
        .freshFor(Duration.ofMinutes(5))
        .scheduler(scheduler)
        .syncInterval(Duration.ofDays(1)) // so that all is due to the messages
        .remote(redis, JacksonCodec.of(Product.class))
        .build();
  }

  private Object runScript() {
    return jedis.eval(PAGE.block("lua"), List.of(ENTRY, RIGHT, PARTITION), List.of(KEY));
  }

  /** Waits for messages of others, after the one clear of each node. */
  private void awaitHeard(long messages) {
    await().until(() -> here.stats().get(Stat.INVALIDATION_RECEIVED) >= 1 + messages);
    await().until(() -> there.stats().get(Stat.INVALIDATION_RECEIVED) >= 1 + messages);
  }

  @Test
  void theEntryAndTheCopiesOfAllNodesAreGone() {
    here.get(42L, repository::find);
    there.get(42L, repository::find);
    assertThat(there.getIfPresent(42L)).isPresent();
    assertThat(jedis.exists(ENTRY)).isTrue();
    repository.save(new Product(42, "a chair", 6));

    assertThat(runScript()).isEqualTo(1L);

    assertThat(jedis.exists(ENTRY)).isFalse();
    awaitHeard(1);
    assertThat(here.getIfPresent(42L)).isEmpty();
    assertThat(there.getIfPresent(42L)).isEmpty();
    assertThat(there.get(42L, repository::find)).isEqualTo(new Product(42, "a chair", 6));
    assertThat(here.get(42L, repository::find)).isEqualTo(new Product(42, "a chair", 6));
    assertThat(repository.reads()).hasSize(2);
  }

  @Test
  void aLoadInFlightIsRefused() {
    here.get(
        42L,
        id -> {
          Product old = repository.find(id);
          repository.save(new Product(42, "a chair", 6));
          runScript();
          return old;
        });

    assertThat(here.stats().get(Stat.PUBLISH_REFUSED)).isOne();
    assertThat(jedis.exists(ENTRY)).isFalse();
    assertThat(here.get(42L, repository::find)).isEqualTo(new Product(42, "a chair", 6));
  }

  @Test
  void aRefreshInFlightIsRefused() throws Exception {
    here.get(42L, repository::find);

    var unused =
        here.refresh(
                42L,
                id -> {
                  Product old = repository.find(id);
                  repository.save(new Product(42, "a chair", 6));
                  assertThat(jedis.exists(RIGHT)).isTrue();
                  runScript();
                  assertThat(jedis.exists(RIGHT)).isFalse();
                  return old;
                })
            .get();

    assertThat(here.stats().get(Stat.PUBLISH_REFUSED)).isOne();
    // Until the message comes, this node goes on with what it held before the refresh.
    await()
        .untilAsserted(
            () ->
                assertThat(here.get(42L, repository::find))
                    .isEqualTo(new Product(42, "a chair", 6)));
  }

  @Test
  void noHoleAppearsInTheSeqs() {
    here.get(42L, repository::find);
    there.get(42L, repository::find);
    long suspectedBefore = suspected();
    long seq = seq();
    here.invalidate(42L);

    runScript();
    runScript();
    here.invalidate(42L);

    assertThat(seq()).isEqualTo(seq + 4);
    await().until(() -> there.stats().get(Stat.INVALIDATION_RECEIVED) == 5);
    assertThat(suspected()).isEqualTo(suspectedBefore);
  }

  private long seq() {
    return Long.parseLong(jedis.get(PARTITION).substring(0, 16));
  }

  private long suspected() {
    return here.stats().get(Stat.PARTITION_SUSPECTED) + there.stats().get(Stat.PARTITION_SUSPECTED);
  }

  @Test
  void whatElseThePartitionKnowsIsLeftAlone() {
    String before = jedis.get(PARTITION);

    runScript();

    assertThat(jedis.get(PARTITION)).hasSameSizeAs(before).endsWith(before.substring(16));
  }

  @Test
  void withoutAHistoryTheCopiesAreGoneAllTheSame() {
    here.get(42L, repository::find);
    there.get(42L, repository::find);
    long suspectedBefore = suspected();
    jedis.flushAll();
    repository.save(new Product(42, "a chair", 6));

    assertThat(runScript()).isEqualTo(0L);

    assertThat(jedis.exists(PARTITION)).isFalse();
    awaitHeard(1);
    assertThat(there.get(42L, repository::find)).isEqualTo(new Product(42, "a chair", 6));
    assertThat(here.get(42L, repository::find)).isEqualTo(new Product(42, "a chair", 6));
    assertThat(suspected()).isEqualTo(suspectedBefore);
  }

  @Test
  void thePageNamesTheKeysAsCorralDoes() {
    String hex = "%02x".formatted(RemoteRegion.partitionOf(KEY));
    assertThat(KEY).isEqualTo("42");
    assertThat(PARTITION).isEqualTo("corral:{shop/products:" + hex + "}");
    assertThat(ENTRY).isEqualTo(PARTITION + "e:" + KEY);
    assertThat(RIGHT).isEqualTo(PARTITION + "r:" + KEY);
  }
}
