package dev.corral.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.TieredCache;
import dev.corral.codec.JacksonCodec;
import dev.corral.redis.RedisStore;
import dev.corral.remote.RemoteStore;
import dev.corral.servers.RedisCluster;
import dev.corral.servers.RedisServer;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;

/** The examples of docs/operating-redis.md. */
class OperatingRedisTest {

  private final String host = RedisServer.shared().host();
  private final int port = RedisServer.shared().port();

  @Test
  void aClientThatGivesUpInTime() {
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(33); // 32 steps at once, and the connection on which the store listens
    pool.setMaxIdle(33); // or the pool closes what it has just opened
    pool.setMaxWait(Duration.ofMillis(200)); // for those who use the client beside the store
    RedisClient jedis =
        RedisClient.builder()
            .hostAndPort(host, port)
            .clientConfig(
                DefaultJedisClientConfig.builder()
                    .connectionTimeoutMillis(500)
                    .socketTimeoutMillis(250)
                    .build())
            .poolConfig(pool)
            .build();
    RedisStore redis = RedisStore.builder(jedis).namespace("shop").build();

    assertServes(redis);
    redis.close();
    jedis.close();
  }

  @Test
  void aClientOfACluster() {
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    try (RedisCluster cluster = RedisCluster.start(3, 0)) {
      Set<HostAndPort> nodes =
          cluster.nodes().stream()
              .map(node -> new HostAndPort(node.host(), node.port()))
              .collect(Collectors.toSet());
      RedisClusterClient jedis =
          RedisClusterClient.builder()
              .nodes(nodes)
              .clientConfig(
                  DefaultJedisClientConfig.builder()
                      .connectionTimeoutMillis(500)
                      .socketTimeoutMillis(250)
                      .build())
              .poolConfig(pool)
              .maxAttempts(3) // redirections of a slot that is moving need some
              .maxTotalRetriesDuration(Duration.ofMillis(250)) // but not five timeouts
              .topologyRefreshPeriod(Duration.ofSeconds(30))
              .build();
      try (RedisStore redis = RedisStore.builder(jedis).namespace("shop").build()) {
        assertServes(redis);
      }
      jedis.close();
    }
  }

  @Test
  void theOptionsOfTheStore() {
    try (RedisClient jedis = RedisClient.create(host, port)) {
      RedisStore patient =
          RedisStore.builder(jedis)
              .namespace("shop")
              .slowAfter(Duration.ofSeconds(1))
              .connectionWait(Duration.ofMillis(100))
              .connections(20)
              .lookUpTimeout(Duration.ofSeconds(2))
              .heartbeat(Duration.ofSeconds(10))
              .build();

      assertServes(patient);
      patient.close();
    }
  }

  private static void assertServes(RemoteStore redis) {
    Product table = new Product(1, "a table", 3);
    try (TieredCache<Long, Product> products =
        TieredCache.<Long, Product>builder("products")
            .freshFor(Duration.ofMinutes(5))
            .remote(redis, JacksonCodec.of(Product.class))
            .build()) {
      assertThat(products.get(1L, id -> table)).isEqualTo(table);
    }
  }
}
