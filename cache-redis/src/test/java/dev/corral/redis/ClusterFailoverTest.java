package dev.corral.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.servers.RedisCluster;
import dev.corral.servers.RedisServer;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;

/** Two caches that share a cluster, which loses a master and goes on with its replica. */
@SuppressWarnings("NullAway.Init") // set up before each test
class ClusterFailoverTest {

  // Some on each of the masters: a namespace has 256 partitions, and these are in many of them.
  private static final List<String> KEYS =
      IntStream.range(0, 30).mapToObj(i -> "key-" + i).toList();

  private RedisCluster cluster;
  private FailoverNode one;
  private FailoverNode other;

  @BeforeEach
  void start() {
    cluster = RedisCluster.start(3, 1);
    one = new FailoverNode(connect());
    other = new FailoverNode(connect());
    FailoverNode.awaitInTouch(KEYS, one, other);
  }

  @AfterEach
  void stop() {
    one.close();
    other.close();
    cluster.close();
  }

  @Test
  void aValueIsLoadedOnceAndAnInvalidationReachesTheOtherNode() {
    for (String key : KEYS) {
      assertThat(one.get(key, "old")).isEqualTo("old");
      assertThat(other.get(key, "never loaded")).isEqualTo("old");
      one.cache.invalidate(key);
    }

    for (String key : KEYS) {
      ClusterWait.await().until(() -> other.holdsNo(key));
      assertThat(other.get(key, "new")).isEqualTo("new");
      assertThat(one.get(key, "never loaded")).isEqualTo("new");
    }
  }

  @Test
  void whileAMasterIsReplacedEveryGetIsAnsweredAndAfterwardsTheNodesAgree() {
    KEYS.forEach(key -> one.get(key, "before"));
    KEYS.forEach(key -> other.get(key, "never loaded"));
    try (var getters = new Getters(one, other)) {
      listenOnAMaster(one).kill();
      cluster.awaitOk();
      getters.goOnFor(200);
      assertThat(getters.failures()).isEmpty();
    }

    FailoverNode.awaitInTouch(KEYS, one, other);
    FailoverNode.assertCoherent(KEYS, one, other);
  }

  // The client's pooled connections, and the one that listens, lead to a server that is not what it
  // was: it lives, and answers MOVED.
  @Test
  void afterATakeoverTheNodesAgree() {
    KEYS.forEach(key -> one.get(key, "before"));
    KEYS.forEach(key -> other.get(key, "never loaded"));
    for (RedisServer master : cluster.masters()) {
      cluster.failover(cluster.replicasOf(master).get(0), RedisCluster.Failover.TAKEOVER);
    }

    FailoverNode.awaitInTouch(KEYS, one, other);
    FailoverNode.assertCoherent(KEYS, one, other);
  }

  /** A client listens on whichever node it gets, replicas too: cut until it is a master. */
  private RedisServer listenOnAMaster(FailoverNode node) {
    List<RedisServer> masters = cluster.masters();
    RedisServer server = node.listensOn(cluster.nodes());
    while (!masters.contains(server)) {
      try (Jedis admin = new Jedis(server.uri())) {
        admin.clientKill(new ClientKillParams().type(ClientType.PUBSUB));
      }
      server = node.listensOn(cluster.nodes());
    }
    return server;
  }

  private UnifiedJedis connect() {
    RedisServer first = cluster.nodes().get(0);
    RedisServer second = cluster.nodes().get(1);
    return RedisClusterClient.builder()
        .nodes(
            Set.of(
                new HostAndPort(first.host(), first.port()),
                new HostAndPort(second.host(), second.port())))
        .clientConfig(DefaultJedisClientConfig.builder().timeoutMillis(500).build())
        .maxAttempts(3)
        .build();
  }
}
