package dev.corral.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.corral.TieredCache;
import dev.corral.codec.StringCodec;
import dev.corral.remote.RemoteRegion;
import dev.corral.servers.RedisServer;
import dev.corral.servers.faults.Connections;
import dev.corral.servers.faults.Direction;
import dev.corral.servers.faults.FaultProxy;
import dev.corral.servers.faults.MessageFilter;
import dev.corral.stats.Stat;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** Messages of a real Redis are lost on their way to one node. */
@SuppressWarnings("NullAway.Init") // set up before each test
class LostMessagesTest {

  private static final Duration SYNC = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final AtomicReference<String> row = new AtomicReference<>("old");
  private final String cache = Node.newCache();
  private FaultProxy proxy;
  private RedisClient direct;
  private RedisClient proxied;
  private RedisStore hereStore;
  private RedisStore thereStore;
  private TieredCache<Long, String> here;
  private TieredCache<Long, String> there;

  @BeforeEach
  void start() {
    RedisServer server = RedisServer.shared();
    proxy = FaultProxy.before(server);
    direct = RedisClient.create(server.uri());
    proxied = RedisClient.create(proxy.uri());
    hereStore = RedisStore.builder(proxied).namespace(Node.NAMESPACE).build();
    thereStore = RedisStore.builder(direct).namespace(Node.NAMESPACE).build();
    here = open(hereStore);
    there = open(thereStore);
    awaitListening();
  }

  @AfterEach
  void stop() {
    here.close();
    there.close();
    hereStore.close();
    thereStore.close();
    proxied.close();
    direct.close();
    proxy.close();
  }

  private TieredCache<Long, String> open(RedisStore store) {
    return TieredCache.<Long, String>builder(cache)
        .freshFor(Duration.ofHours(1))
        .syncInterval(SYNC)
        .remote(store, StringCodec.utf8())
        .build();
  }

  /** Waits until a message of the other node has come through. */
  private void awaitListening() {
    // The first key teaches a node how to read those in messages.
    here.get(-1L, key -> "value");
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              there.invalidate(-1L);
              return here.stats().get(Stat.INVALIDATION_RECEIVED) > 0;
            });
  }

  @Test
  void theOldValueGoesThoughNoMessageEverComes() {
    assertThat(here.get(1L, key -> row.get())).isEqualTo("old");
    proxy.dropMessages((channel, message) -> true);

    change();

    await().atMost(PATIENCE).until(() -> "new".equals(here.get(1L, key -> row.get())));
    assertThat(proxy.messages().dropped()).isPositive();
  }

  @Test
  void theOldValueGoesThoughTheSubscriptionIsDeafAndNobodyKnows() {
    assertThat(here.get(1L, key -> row.get())).isEqualTo("old");
    proxy.swallow(Connections.SUBSCRIBERS, Direction.TO_CLIENT);

    change();

    await().atMost(PATIENCE).until(() -> "new".equals(here.get(1L, key -> row.get())));
  }

  @Test
  void theOldValueGoesWhileTheSubscriptionCannotComeBack() {
    assertThat(here.get(1L, key -> row.get())).isEqualTo("old");
    proxy.dropMessages((channel, message) -> true);
    proxy.cut(Connections.SUBSCRIBERS);

    change();

    await().atMost(PATIENCE).until(() -> "new".equals(here.get(1L, key -> row.get())));
  }

  @Test
  void aReconnectWithoutChangesCostsNoCheck() {
    List<Long> keys = LongStream.range(0, 500).boxed().toList();
    keys.forEach(key -> here.get(key, k -> "value"));
    long suspected = here.stats().get(Stat.PARTITION_SUSPECTED);
    long checked = here.stats().get(Stat.REVALIDATION);
    long subscriptions = proxy.commands("SUBSCRIBE");

    proxy.cut(Connections.SUBSCRIBERS);
    await().atMost(PATIENCE).until(() -> proxy.commands("SUBSCRIBE") >= subscriptions + 2);
    awaitSyncs(3);
    keys.forEach(key -> here.get(key, k -> "never"));

    assertThat(here.stats().get(Stat.PARTITION_SUSPECTED)).isEqualTo(suspected);
    assertThat(here.stats().get(Stat.REVALIDATION)).isEqualTo(checked);
  }

  @Test
  void aLostMessageCostsOneCheckForEachEntryOfItsPartition() {
    List<Long> keys = LongStream.range(0, 2_000).boxed().toList();
    awaitSyncs(2);
    keys.forEach(key -> here.get(key, k -> "value"));
    long neighbours = keys.stream().filter(key -> partitionOf(key) == partitionOf(-7L)).count();
    assertThat(neighbours).isPositive();
    // Those of the time before the first sync, which this node began to be used in.
    long suspected = here.stats().get(Stat.PARTITION_SUSPECTED);
    long checked = here.stats().get(Stat.REVALIDATION);
    proxy.dropMessages((channel, message) -> true);
    there.invalidate(-7L);
    await().atMost(PATIENCE).until(() -> here.stats().get(Stat.PARTITION_SUSPECTED) > suspected);

    for (int i = 0; i < 3; i++) {
      keys.forEach(key -> here.get(key, k -> "never"));
    }

    assertThat(here.stats().get(Stat.PARTITION_SUSPECTED)).isEqualTo(suspected + 1);
    assertThat(here.stats().get(Stat.REVALIDATION)).isEqualTo(checked + neighbours);
  }

  @Test
  void messagesThatComeTwiceCostALoadAtMostAndNoSuspicion() {
    awaitSyncs(2);
    long suspected = here.stats().get(Stat.PARTITION_SUSPECTED);
    proxy.duplicateMessages(MessageFilter.all());
    for (int i = 0; i < 50; i++) {
      assertThat(here.get(1L, key -> row.get())).isIn("old", "new");
      change();
      await().atMost(PATIENCE).until(() -> "new".equals(here.get(1L, key -> row.get())));
    }

    assertThat(proxy.messages().duplicated()).isGreaterThanOrEqualTo(50);
    assertThat(here.stats().get(Stat.PARTITION_SUSPECTED)).isEqualTo(suspected);
  }

  @Test
  void messagesThatComeInAnotherOrderLeaveNothingOld() {
    proxy.reverseMessages(MessageFilter.all(), 2);
    for (int i = 0; i < 50; i++) {
      String present = "row " + i;
      row.set(present);
      there.invalidate(1L);
      there.invalidate(1L);
      await().atMost(PATIENCE).until(() -> present.equals(here.get(1L, key -> row.get())));
    }
  }

  private void change() {
    row.set("new");
    there.invalidate(1L);
  }

  /** Waits until this node has asked for the seqs so often from now on. */
  private void awaitSyncs(int count) {
    long before = proxy.commands("MGET");
    await().atMost(PATIENCE).until(() -> proxy.commands("MGET") >= before + count + 1);
  }

  private static int partitionOf(Long key) {
    return RemoteRegion.partitionOf(key.toString());
  }
}
