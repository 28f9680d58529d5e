package dev.corral.idempotency.jdbc;

import dev.corral.servers.PostgresServer;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;

/** The table in a real PostgreSQL. */
class PostgresIdempotencyTest extends JdbcIdempotencyContract {

  private static final PostgresServer SERVER = PostgresServer.start();
  private static final DataSource DATA_SOURCE =
      new DriverDataSource(SERVER.jdbcUrl(), SERVER.user(), SERVER.password());

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Override
  protected DataSource dataSource() {
    return DATA_SOURCE;
  }

  @Override
  protected SqlDialect dialect() {
    return SqlDialect.POSTGRESQL;
  }

  /** Waits on the server, whose clock it is that counts. */
  @Override
  protected void passTime(Duration time) {
    execute("SELECT pg_sleep(" + time.toMillis() / 1000.0 + ")");
  }
}
