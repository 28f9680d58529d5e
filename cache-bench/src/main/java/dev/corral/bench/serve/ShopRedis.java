package dev.corral.bench.serve;

import java.net.URI;
import java.time.Duration;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;

/** The client of the service, set up as docs/operating-redis.md advises: it gives up in time. */
final class ShopRedis {
  private ShopRedis() {}

  /**
   * Connects.
   *
   * @param threads how many ask at a time
   */
  static RedisClient connect(URI uri, int threads) {
    var pool = new ConnectionPoolConfig();
    pool.setMaxTotal(threads + 1); // one of them is that on which the store listens
    pool.setMaxIdle(threads + 1);
    pool.setMaxWait(Duration.ofMillis(200));
    return RedisClient.builder()
        .hostAndPort(uri.getHost(), uri.getPort())
        .clientConfig(
            DefaultJedisClientConfig.builder(uri)
                .connectionTimeoutMillis(500)
                .socketTimeoutMillis(250)
                .build())
        .poolConfig(pool)
        .build();
  }
}
