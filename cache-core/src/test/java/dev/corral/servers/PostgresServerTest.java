package dev.corral.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class PostgresServerTest {

  @Test
  void itAnswersAQuery() throws SQLException {
    try (PostgresServer server = PostgresServer.start()) {
      assertThat(ask(server, "select 1")).isEqualTo("1");
    }
  }

  @Test
  void itTakesSettings() throws SQLException {
    try (var server = PostgresProcess.start(Map.of("max_connections", "17"))) {
      assertThat(ask(server, "show max_connections")).isEqualTo("17");
    }
  }

  private static String ask(PostgresServer server, String question) throws SQLException {
    var credentials = new Properties();
    if (!server.user().isEmpty()) {
      credentials.setProperty("user", server.user());
      credentials.setProperty("password", server.password());
    }
    try (Connection connection = DriverManager.getConnection(server.jdbcUrl(), credentials);
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(question)) {
      answer.next();
      return answer.getString(1);
    }
  }
}
