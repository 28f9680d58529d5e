package dev.corral.bench.once;

import dev.corral.idempotency.IdempotencyStore;
import dev.corral.idempotency.InMemoryOutcomeFront;
import dev.corral.idempotency.LayeredIdempotencyStore;
import dev.corral.idempotency.jdbc.DriverDataSource;
import dev.corral.idempotency.jdbc.JdbcIdempotencyStore;
import dev.corral.redis.RedisIdempotencyStore;
import java.net.URI;
import java.time.Duration;
import javax.sql.DataSource;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.RedisClient;

/** A store that processes share: kind, and the addresses that all of them are told. */
enum SharedStore {
  REDIS,
  TABLE,
  TABLE_BEHIND_REDIS,
  TABLE_BEHIND_MEMORY;

  private static final int CONNECTIONS = 16;
  private static final long FRONT_BYTES = 1 << 20;

  /** Opens it; what it is made of ends with the process. */
  IdempotencyStore open(String redis, String jdbc, String user) {
    DataSource database = new DriverDataSource(jdbc, user, "");
    return switch (this) {
      case REDIS -> redis(redis);
      case TABLE -> JdbcIdempotencyStore.builder(database).build();
      case TABLE_BEHIND_REDIS ->
          new LayeredIdempotencyStore(JdbcIdempotencyStore.builder(database).build(), redis(redis));
      case TABLE_BEHIND_MEMORY ->
          new LayeredIdempotencyStore(
              JdbcIdempotencyStore.builder(database).build(),
              new InMemoryOutcomeFront(FRONT_BYTES));
    };
  }

  private static RedisIdempotencyStore redis(String address) {
    URI uri = URI.create(address);
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(CONNECTIONS);
    pool.setMaxIdle(CONNECTIONS);
    RedisClient jedis =
        RedisClient.builder().hostAndPort(uri.getHost(), uri.getPort()).poolConfig(pool).build();
    return RedisIdempotencyStore.builder(jedis)
        .namespace("once")
        .connectionWait(Duration.ofSeconds(5))
        .slowAfter(Duration.ofSeconds(5))
        .build();
  }
}
