package dev.corral.servers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** A PostgreSQL in a container. */
final class PostgresContainer implements PostgresServer {
  private static final DockerImageName IMAGE = DockerImageName.parse("postgres:18-alpine");

  private final PostgreSQLContainer container;

  private PostgresContainer(PostgreSQLContainer container) {
    this.container = container;
  }

  static PostgresContainer start(Map<String, String> settings) {
    var command = new ArrayList<>(List.of("postgres"));
    settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
    PostgreSQLContainer container =
        new PostgreSQLContainer(IMAGE).withCommand(command.toArray(String[]::new));
    container.start();
    return new PostgresContainer(container);
  }

  @Override
  public String jdbcUrl() {
    return container.getJdbcUrl();
  }

  @Override
  public String user() {
    return container.getUsername();
  }

  @Override
  public String password() {
    return container.getPassword();
  }

  @Override
  public void close() {
    container.stop();
  }
}
