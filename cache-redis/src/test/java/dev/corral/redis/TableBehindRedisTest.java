package dev.corral.redis;

import dev.corral.idempotency.IdempotencyStore;
import dev.corral.idempotency.IdempotencyStoreContract;
import dev.corral.idempotency.LayeredIdempotencyStore;
import dev.corral.idempotency.jdbc.DriverDataSource;
import dev.corral.idempotency.jdbc.JdbcIdempotencyStore;
import dev.corral.idempotency.jdbc.SqlDialect;
import dev.corral.servers.PostgresServer;
import dev.corral.servers.RedisServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import redis.clients.jedis.RedisClient;

/** A table behind a Redis, as money has it, keeps the contract of all stores. */
class TableBehindRedisTest extends IdempotencyStoreContract {

  private static final RedisClient JEDIS = RedisClient.create(RedisServer.shared().uri());
  private static final PostgresServer POSTGRES = PostgresServer.start();
  private static final DataSource DATABASE =
      new DriverDataSource(POSTGRES.jdbcUrl(), POSTGRES.user(), POSTGRES.password());
  private static final RedisIdempotencyStore FRONT =
      RedisIdempotencyStore.builder(JEDIS).namespace("table-behind-redis").build();

  @BeforeAll
  static void createTable() {
    execute(JdbcIdempotencyStore.schema(SqlDialect.POSTGRESQL));
  }

  @AfterAll
  static void stop() {
    FRONT.close();
    JEDIS.close();
    POSTGRES.close();
  }

  private static void execute(String sql) {
    try (Connection connection = DATABASE.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  protected IdempotencyStore open() {
    return new LayeredIdempotencyStore(JdbcIdempotencyStore.builder(DATABASE).build(), FRONT);
  }

  /** Waits on the server that decides; the other one is on the same machine. */
  @Override
  protected void passTime(Duration time) {
    execute("SELECT pg_sleep(" + time.toMillis() / 1000.0 + ")");
  }
}
