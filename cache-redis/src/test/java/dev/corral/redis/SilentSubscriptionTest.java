package dev.corral.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.corral.servers.RedisCluster;
import dev.corral.servers.RedisSentinel;
import dev.corral.servers.RedisServer;
import dev.corral.servers.faults.Connections;
import dev.corral.servers.faults.Direction;
import dev.corral.servers.faults.FaultProxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** The subscription's connection dies without a word: nothing is closed, nothing comes any more. */
class SilentSubscriptionTest {

  private static final Duration HEARTBEAT = Duration.ofMillis(100);
  private static final DefaultJedisClientConfig CONFIG =
      DefaultJedisClientConfig.builder().timeoutMillis(300).build();

  /** Which way nothing comes through. */
  enum Cut {
    TO_REDIS,
    FROM_REDIS,
    BOTH_WAYS;

    Direction[] directions() {
      return switch (this) {
        case TO_REDIS -> new Direction[] {Direction.TO_SERVER};
        case FROM_REDIS -> new Direction[] {Direction.TO_CLIENT};
        case BOTH_WAYS -> Direction.values();
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void itIsNoticedAndAnotherOneListens(Cut cut) throws Exception {
    try (FaultProxy proxy = FaultProxy.before(RedisServer.shared());
        RedisClient jedis = RedisClient.create(proxy.uri());
        RedisStore store = open(jedis)) {
      Told told = new Told();
      var region = store.open(Node.newCache(), told);
      told.next(Told.Subscribed.class);

      proxy.swallow(Connections.SUBSCRIBERS, cut.directions());
      told.next(Told.Unsubscribed.class);
      proxy.heal();

      told.next(Told.Subscribed.class);
      region.invalidate("key");
      assertThat(told.next(Told.Invalidated.class).key()).isEqualTo("key");
    }
  }

  // The connection is accepted and the command sent, but nobody confirms it.
  @Test
  void oneThatIsNeverConfirmedIsGivenUp() throws Exception {
    try (FaultProxy proxy = FaultProxy.before(RedisServer.shared());
        RedisClient jedis = RedisClient.create(proxy.uri())) {
      jedis.ping();
      proxy.swallow(Connections.ALL, Direction.TO_CLIENT);
      try (RedisStore store = open(jedis)) {
        Told told = new Told();
        store.open(Node.newCache(), told);
        await().until(() -> proxy.commands("SUBSCRIBE") == 1);

        proxy.heal();

        told.next(Told.Subscribed.class);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"RESP2", "RESP3"})
  void oneOnWhichNothingHappensIsLeftAlone(RedisProtocol protocol) throws Exception {
    var config = DefaultJedisClientConfig.builder().protocol(protocol).build();
    try (FaultProxy proxy = FaultProxy.before(RedisServer.shared());
        RedisClient jedis =
            RedisClient.builder()
                .hostAndPort(proxy.host(), proxy.port())
                .clientConfig(config)
                .build();
        RedisStore store = open(jedis)) {
      Told told = new Told();
      store.open(Node.newCache(), told);
      told.next(Told.Subscribed.class);

      // The node's channel and the region's, and then one a heartbeat.
      await().atMost(Duration.ofSeconds(20)).until(() -> proxy.commands("SUBSCRIBE") >= 12);

      assertThat(told.isEmpty()).isTrue();
      assertThat(proxy.openConnections(Connections.SUBSCRIBERS)).isEqualTo(1);
    }
  }

  @Test
  void aConnectionThatWasDroppedIsNotGivenToAnybodyElse() throws Exception {
    try (FaultProxy proxy = FaultProxy.before(RedisServer.shared());
        RedisClient jedis = RedisClient.create(proxy.uri());
        RedisStore store = open(jedis)) {
      Told told = new Told();
      store.open(Node.newCache(), told);
      for (int i = 0; i < 3; i++) {
        told.next(Told.Subscribed.class);
        proxy.swallow(Connections.SUBSCRIBERS, Direction.TO_CLIENT);
        told.next(Told.Unsubscribed.class);
        proxy.heal();
      }
      told.next(Told.Subscribed.class);

      assertThat(jedis.getPool().getNumActive()).isEqualTo(1);
      for (int i = 0; i < 20; i++) {
        assertThat(jedis.ping()).isEqualTo("PONG");
      }
    }
  }

  @Test
  void aStoreThatIsClosedWhileNothingAnswersLeavesNoThreadAndNoConnection() throws Exception {
    try (FaultProxy proxy = FaultProxy.before(RedisServer.shared());
        RedisClient jedis = RedisClient.create(proxy.uri())) {
      RedisStore store = open(jedis);
      Told told = new Told();
      store.open(Node.newCache(), told);
      told.next(Told.Subscribed.class);
      proxy.swallow(Connections.ALL, Direction.TO_SERVER);

      store.close();

      await().atMost(Duration.ofSeconds(20)).until(() -> jedis.getPool().getNumActive() == 0);
      assertThat(told.isEmpty()).isTrue();
    }
  }

  @Test
  void inAClusterAnotherNodeIsListenedTo() throws Exception {
    try (RedisCluster cluster = RedisCluster.start(3, 0);
        RedisClusterClient jedis =
            RedisClusterClient.builder()
                .nodes(Set.of(address(cluster.nodes().get(0))))
                .clientConfig(CONFIG)
                .build();
        RedisStore store = open(jedis)) {
      Told told = new Told();
      store.open(Node.newCache(), told);
      told.next(Told.Subscribed.class);
      RedisServer listened = listenedTo(store, cluster.nodes());

      listened.pause();

      told.next(Told.Unsubscribed.class);
      told.next(Told.Subscribed.class);
      assertThat(
              listenedTo(store, cluster.nodes().stream().filter(node -> node != listened).toList()))
          .isNotNull();
      listened.resume();
    }
  }

  @Test
  void behindSentinelTheNewMasterIsListenedTo() throws Exception {
    try (RedisSentinel sentinel = RedisSentinel.start();
        RedisSentinelClient jedis =
            RedisSentinelClient.builder()
                .masterName(sentinel.masterName())
                .sentinels(
                    sentinel.sentinels().stream()
                        .map(SilentSubscriptionTest::address)
                        .collect(Collectors.toSet()))
                .clientConfig(CONFIG)
                .build();
        RedisStore store = open(jedis)) {
      Told told = new Told();
      var region = store.open(Node.newCache(), told);
      told.next(Told.Subscribed.class);
      RedisServer master = sentinel.master();

      master.pause();
      told.next(Told.Unsubscribed.class);
      sentinel.awaitSuccessorOf(master);

      told.next(Told.Subscribed.class);
      region.invalidate("key");
      assertThat(told.next(Told.Invalidated.class).key()).isEqualTo("key");
      master.resume();
    }
  }

  private static RedisStore open(UnifiedJedis jedis) {
    return RedisStore.builder(jedis).namespace(Node.NAMESPACE).heartbeat(HEARTBEAT).build();
  }

  private static HostAndPort address(RedisServer server) {
    return new HostAndPort(server.host(), server.port());
  }

  private static RedisServer listenedTo(RedisStore store, List<RedisServer> servers) {
    String channel = new String(store.nodeChannel(), StandardCharsets.US_ASCII);
    return ClusterWait.await()
        .until(
            () -> servers.stream().filter(server -> listens(server, channel)).findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  private static boolean listens(RedisServer server, String channel) {
    try (Jedis admin = new Jedis(server.uri())) {
      return !admin.pubsubChannels(channel).isEmpty();
    } catch (JedisConnectionException e) {
      return false;
    }
  }
}
