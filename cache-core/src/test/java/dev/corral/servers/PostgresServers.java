package dev.corral.servers;

import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The order in which a PostgreSQL server is looked for. */
final class PostgresServers {
  private static final Logger log = LoggerFactory.getLogger(PostgresServers.class);

  private PostgresServers() {}

  static PostgresServer start(Map<String, String> settings) {
    String url = System.getenv("CORRAL_JDBC_URL");
    if (url != null) {
      if (!settings.isEmpty()) {
        log.warn("The server of CORRAL_JDBC_URL keeps its settings; wanted {}", settings);
      }
      return new RunningPostgres(url);
    }
    return new Search<PostgresServer>("a PostgreSQL server")
        .tryIf(Docker.answers(), "a container", () -> PostgresContainer.start(settings))
        .tryIf(true, "the embedded binaries", () -> PostgresProcess.start(settings))
        .orElseSay(
            "Set CORRAL_JDBC_URL to a running server"
                + " (jdbc:postgresql://localhost/test?user=me&password=secret).");
  }
}
