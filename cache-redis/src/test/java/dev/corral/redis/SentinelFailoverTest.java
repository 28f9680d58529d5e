package dev.corral.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.servers.RedisSentinel;
import dev.corral.servers.RedisServer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.UnifiedJedis;

/** Two caches that share a Redis behind Sentinel, which loses its master. */
@SuppressWarnings("NullAway.Init") // set up before each test
class SentinelFailoverTest {

  private static final List<String> KEYS =
      IntStream.range(0, 30).mapToObj(i -> "key-" + i).toList();

  private RedisSentinel sentinel;
  private FailoverNode one;
  private FailoverNode other;

  @BeforeEach
  void start() {
    sentinel = RedisSentinel.start();
    one = new FailoverNode(connect());
    other = new FailoverNode(connect());
    FailoverNode.awaitInTouch(KEYS, one, other);
  }

  @AfterEach
  void stop() {
    one.close();
    other.close();
    sentinel.close();
  }

  @Test
  void whileTheMasterIsReplacedEveryGetIsAnsweredAndAfterwardsTheNodesAgree() {
    KEYS.forEach(key -> one.get(key, "before"));
    KEYS.forEach(key -> other.get(key, "never loaded"));
    RedisServer master = sentinel.master();
    try (var getters = new Getters(one, other)) {
      master.kill();
      sentinel.awaitSuccessorOf(master);
      getters.goOnFor(200);
      assertThat(getters.failures()).isEmpty();
    }

    FailoverNode.awaitInTouch(KEYS, one, other);
    assertThat(one.listensOn(sentinel.servers())).isSameAs(sentinel.master());
    FailoverNode.assertCoherent(KEYS, one, other);
  }

  // A master that hangs does not break the connections to it. It comes back as a replica, on which
  // a subscription would hear of everything, and a write be refused.
  @Test
  void afterAMasterHungAndCameBackAsAReplicaTheNodesAgree() {
    KEYS.forEach(key -> one.get(key, "before"));
    KEYS.forEach(key -> other.get(key, "never loaded"));
    RedisServer master = sentinel.master();
    master.pause();
    sentinel.awaitSuccessorOf(master);
    master.resume();
    sentinel.awaitReplica();

    FailoverNode.awaitInTouch(KEYS, one, other);
    FailoverNode.assertCoherent(KEYS, one, other);
  }

  private UnifiedJedis connect() {
    return RedisSentinelClient.builder()
        .masterName(sentinel.masterName())
        .sentinels(
            sentinel.sentinels().stream()
                .map(server -> new HostAndPort(server.host(), server.port()))
                .collect(Collectors.toSet()))
        .clientConfig(DefaultJedisClientConfig.builder().timeoutMillis(500).build())
        .build();
  }
}
