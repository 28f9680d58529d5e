package dev.corral.bench.contender;

import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.util.JedisURIHelper;

/** The pooled client that each contender with a remote tier uses. */
final class Redis {
  private Redis() {}

  static UnifiedJedis connect(Setup setup) {
    var pool = new ConnectionPoolConfig();
    pool.setMaxTotal(setup.redisConnections());
    // As many idle as there may be at all: a pool that drops connections after a rush and opens
    // them again in the next would measure connecting.
    pool.setMaxIdle(setup.redisConnections());
    pool.setMaxWait(setup.limits().redis());
    return RedisClient.builder()
        .hostAndPort(JedisURIHelper.getHostAndPort(setup.redis()))
        .clientConfig(
            DefaultJedisClientConfig.builder(setup.redis())
                .timeoutMillis(setup.limits().redisMillis())
                .build())
        .poolConfig(pool)
        .build();
  }
}
