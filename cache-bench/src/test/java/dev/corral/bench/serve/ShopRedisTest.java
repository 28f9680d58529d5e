package dev.corral.bench.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.servers.RedisServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Connection;
import redis.clients.jedis.RedisClient;

class ShopRedisTest {

  @Test
  void eachThreadHasAConnectionAndNobodyWaitsForLong() {
    RedisServer server = RedisServer.shared();
    try (RedisClient redis = ShopRedis.connect(server.uri(), 32)) {
      assertThat(redis.ping()).isEqualTo("PONG");
      assertThat(redis.getPool().getMaxTotal()).isEqualTo(33);
      assertThat(redis.getPool().getMaxIdle()).isEqualTo(33);
      assertThat(redis.getPool().getMaxWaitDuration()).isEqualTo(Duration.ofMillis(200));
      try (Connection connection = redis.getPool().getResource()) {
        assertThat(connection.getSoTimeout()).isEqualTo(250);
      }
    }
  }
}
