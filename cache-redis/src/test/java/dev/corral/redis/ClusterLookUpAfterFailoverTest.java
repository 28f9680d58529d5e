package dev.corral.redis;

import static dev.corral.redis.Node.LONG;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.corral.servers.RedisCluster;
import dev.corral.servers.RedisServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClusterClient;

/** A node that only looks up finds the master that took the place of a dead one. */
class ClusterLookUpAfterFailoverTest {

  @Test
  void aNodeThatOnlyLooksUpFindsTheNewMaster() throws Exception {
    try (RedisCluster cluster = RedisCluster.start(3, 1)) {
      RedisServer first = cluster.nodes().get(0);
      try (RedisClusterClient jedis =
              RedisClusterClient.builder()
                  .nodes(Set.of(new HostAndPort(first.host(), first.port())))
                  .clientConfig(DefaultJedisClientConfig.builder().timeoutMillis(500).build())
                  .build();
          Node node = Node.listening(jedis, "cache")) {
        node.load("key", "value");
        String partition = new String(node.keys.of("key").partitionKey, StandardCharsets.UTF_8);

        cluster.masterOf(partition).kill();
        cluster.awaitOk();

        ClusterWait.await()
            .atMost(Duration.ofSeconds(10))
            .untilAsserted(
                () ->
                    assertThatCode(() -> node.region.lookUp("key", LONG))
                        .doesNotThrowAnyException());
      }
    }
  }
}
