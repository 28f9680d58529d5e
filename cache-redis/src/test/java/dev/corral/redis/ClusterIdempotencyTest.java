package dev.corral.redis;

import dev.corral.idempotency.EndAnswer;
import dev.corral.idempotency.IdempotencyStore;
import dev.corral.idempotency.IdempotencyStoreContract;
import dev.corral.servers.RedisCluster;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClusterClient;

/** The same contract on a cluster, where each key is on a master of its own. */
class ClusterIdempotencyTest extends IdempotencyStoreContract {

  private static final RedisCluster CLUSTER = RedisCluster.start(3, 0);
  private static final RedisClusterClient JEDIS = RedisClusterClient.create(nodes());

  private static Set<HostAndPort> nodes() {
    return CLUSTER.nodes().stream()
        .map(node -> new HostAndPort(node.host(), node.port()))
        .collect(Collectors.toSet());
  }

  @AfterAll
  static void stop() {
    JEDIS.close();
    CLUSTER.close();
  }

  @Override
  protected IdempotencyStore open() {
    return RedisIdempotencyStore.builder(JEDIS).namespace("idempotency").build();
  }

  @Override
  protected void passTime(Duration time) {
    JEDIS.blpop(time.toMillis() / 1000.0, "nothing:" + UUID.randomUUID());
  }

  @Override
  protected EndAnswer completedWithoutARecord() {
    return new EndAnswer.Ended();
  }
}
