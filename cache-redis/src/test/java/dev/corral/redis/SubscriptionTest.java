package dev.corral.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.corral.remote.Lease;
import dev.corral.remote.LoadOutcome;
import dev.corral.remote.RemoteRegion;
import dev.corral.servers.RedisServer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;

/** The one connection on which a store listens. */
@SuppressWarnings("NullAway.Init") // set up before each test
class SubscriptionTest {

  private RedisServer server;
  private RedisClient jedis;
  private Node node;

  @BeforeEach
  void start() throws Exception {
    server = RedisServer.start();
    assumeTrue(server.controllable(), "the server is not ours to cut");
    jedis = RedisClient.create(server.uri());
    node = Node.listening(jedis, "cache");
  }

  @AfterEach
  void stop() {
    node.close();
    jedis.close();
    server.close();
  }

  @Test
  void messagesThatMakeNoSenseAreCountedAndIgnored() throws Exception {
    Random random = new Random(42);
    byte[] good = goodInvalidation("key");
    for (byte[] channel : List.of(node.keys.channel(), node.store.nodeChannel())) {
      for (int length = 0; length < 36; length++) {
        jedis.publish(channel, Arrays.copyOf(good, length));
      }
      for (int i = 0; i < 500; i++) {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        if (bytes.length > 1) {
          bytes[0] = '1';
          bytes[1] = (byte) "KPDFL".charAt(random.nextInt(5));
        }
        jedis.publish(channel, bytes);
      }
    }

    node.region.invalidate("key");

    assertThat(node.told.next(Told.Invalidated.class).key()).isEqualTo("key");
    assertThat(node.store.malformedMessages()).isEqualTo(2 * (36 + 500));
  }

  @Test
  void whoIsNoNodeCanInvalidateByHand() throws Exception {
    jedis.publish(node.keys.channel(), goodInvalidation("key"));

    assertThat(node.told.next(Told.Invalidated.class))
        .isEqualTo(new Told.Invalidated("key", 2251799813685249L, false));
  }

  @Test
  void outcomesForARegionThatIsNotOpenAreIgnored() throws Exception {
    byte[] address = OutcomeMessage.address(Bytes.ascii("nobody"), Bytes.ascii("key"));
    byte[] header = Bytes.concat(Bytes.ascii("1L"), new byte[16], Bytes.number(0), Bytes.number(0));
    jedis.publish(node.store.nodeChannel(), Bytes.concat(header, address));

    node.region.invalidate("key");

    node.told.next(Told.Invalidated.class);
    assertThat(node.store.malformedMessages()).isZero();
  }

  @Test
  void aCutSubscriptionSaysSoAndComesBack() throws Exception {
    killSubscribers();

    node.told.next(Told.Unsubscribed.class);
    node.told.next(Told.Subscribed.class);
    node.region.invalidate("key");
    assertThat(node.told.next(Told.Invalidated.class).own()).isTrue();
  }

  @Test
  void aSubscriptionOutlivesARestartAndGivesThePartitionsANewHistory() throws Exception {
    node.load("key", "old");
    server.restart();

    node.told.next(Told.Unsubscribed.class);
    node.told.next(Told.Subscribed.class);

    assertThat(jedis.exists(node.keys.partition(0))).isTrue();
    Lease lease = node.lead("key");
    node.region.await("key", node.taken("key"));
    node.publish(lease, "new");
    assertThat(node.told.next(Told.Ended.class).outcome())
        .isInstanceOf(LoadOutcome.Published.class);
  }

  @Test
  void aRegionThatIsOpenedWhileRedisIsAwayListensOnceItIsBack() throws Exception {
    server.kill();
    node.told.next(Told.Unsubscribed.class);
    Told told = new Told();
    node.store.open("another", told);
    try (Node late = Node.of(jedis, "cache")) {
      server.restart();

      told.next(Told.Subscribed.class);
      late.told.next(Told.Subscribed.class);
      node.told.next(Told.Subscribed.class);
      node.region.invalidate("key");
      assertThat(late.told.next(Told.Invalidated.class).own()).isFalse();
    }
  }

  // A region must be told that it listens only once its own channel is: a confirmation of an
  // earlier SUBSCRIBE of the same name would be too early.
  @Test
  void regionsThatComeAndGoAreToldEachTime() throws Exception {
    for (int i = 0; i < 50; i++) {
      node.store.open("another", new Told()).close();
      Told told = new Told();
      try (var region = node.store.open("another", told)) {
        told.next(Told.Subscribed.class);
        region.invalidate("key");
        assertThat(told.next(Told.Invalidated.class).key()).isEqualTo("key");
      }
    }
  }

  @Test
  void regionsOpenedWhileTheConnectionIsBeingCutAreNotLost() throws Exception {
    for (int i = 0; i < 10; i++) {
      Told told = new Told();
      String name = "region-" + i;
      List<Object> opened =
          Together.run(
              () -> node.store.open(name, told),
              () -> {
                killSubscribers();
                return name;
              });
      assertThat(opened).hasSize(2);

      told.next(Told.Subscribed.class);
    }
  }

  @Test
  void closingTheStoreEndsTheThreadAndGivesTheConnectionBack() {
    assertThat(jedis.getPool().getNumActive()).isEqualTo(1);
    assertThat(subscriptionThreads()).isEqualTo(1);

    node.close();

    await().until(() -> subscriptionThreads() == 0);
    assertThat(jedis.getPool().getNumActive()).isZero();
    // A connection that Redis still counted as subscribed would refuse this, or answer nonsense.
    for (int i = 0; i < 20; i++) {
      assertThat(jedis.ping()).isEqualTo("PONG");
    }
  }

  @Test
  void aStoreThatNeverReachedRedisCloses() {
    try (RedisClient nowhere = RedisClient.create("127.0.0.1", 1)) {
      Node lost = Node.of(nowhere, "cache");

      lost.close();

      await().until(() -> subscriptionThreads() == 1);
      assertThat(lost.told.isEmpty()).isTrue();
    }
  }

  @Test
  void closingRightAfterOpeningLeavesNothingBehind() {
    for (int i = 0; i < 30; i++) {
      Node.of(jedis, "cache").close();
    }

    await().until(() -> subscriptionThreads() == 1);
    await().until(() -> jedis.getPool().getNumActive() == 1);
    for (int i = 0; i < 20; i++) {
      assertThat(jedis.ping()).isEqualTo("PONG");
    }
  }

  @Test
  void aListenerThatThrowsDoesNotEndTheSubscription() throws Exception {
    Told told =
        new Told() {
          @Override
          public void cleared(long[] seqs, boolean own) {
            throw new IllegalStateException("a listener's mistake");
          }
        };
    try (var region = node.store.open("another", told)) {
      told.next(Told.Subscribed.class);
      region.clear();
      region.invalidate("key");

      assertThat(told.next(Told.Invalidated.class).key()).isEqualTo("key");
    }
  }

  @Test
  void anErrorOfAListenerDoesNotEndTheSubscriptionEither() throws Exception {
    Told told =
        new Told() {
          @Override
          public void cleared(long[] seqs, boolean own) {
            throw new StackOverflowError();
          }
        };
    try (var region = node.store.open("another", told)) {
      told.next(Told.Subscribed.class);
      region.clear();
      region.invalidate("key");

      assertThat(told.next(Told.Invalidated.class).key()).isEqualTo("key");
    }
  }

  @Test
  void anErrorOfWhoIsToldThatItIsCutDoesNotKeepItFromComingBack() throws Exception {
    Told told =
        new Told() {
          @Override
          public void unsubscribed() {
            throw new StackOverflowError();
          }
        };
    try (var region = node.store.open("another", told)) {
      told.next(Told.Subscribed.class);
      killSubscribers();

      told.next(Told.Subscribed.class);
      region.invalidate("key");
      assertThat(told.next(Told.Invalidated.class).key()).isEqualTo("key");
    }
  }

  private static byte[] goodInvalidation(String key) {
    int partition = RemoteRegion.partitionOf(key);
    return Bytes.ascii("1K" + "0".repeat(16) + RedisKeys.hex(partition) + "2251799813685249" + key);
  }

  private void killSubscribers() {
    try (Jedis admin = new Jedis(server.uri())) {
      admin.clientKill(new ClientKillParams().type(ClientType.PUBSUB));
    }
  }

  private static long subscriptionThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("corral-subscription"))
        .count();
  }
}
