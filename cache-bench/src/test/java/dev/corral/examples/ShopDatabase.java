package dev.corral.examples;

import dev.corral.servers.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A real database with a table of products. */
final class ShopDatabase {

  private final PostgresServer server;
  private final AtomicInteger reads = new AtomicInteger();

  ShopDatabase(PostgresServer server) {
    this.server = server;
  }

  /** Makes the table anew, with two products in it. */
  void stock() throws SQLException {
    execute(
        "drop table if exists product",
        "create table product (id bigint primary key, name text not null, stock int not null)",
        "insert into product values (1, 'a table', 3), (2, 'a lamp', 0)");
    reads.set(0);
  }

  String url() {
    return server.jdbcUrl();
  }

  /** Returns the address for others than the tests' own user. */
  String urlWithoutUser() {
    return url().replaceAll("(?<=[?&])(user|password)=[^&]*&?", "");
  }

  Properties credentials() {
    return server.user().isEmpty()
        ? new Properties()
        : credentials(server.user(), server.password());
  }

  static Properties credentials(String user, String password) {
    Properties credentials = new Properties();
    credentials.setProperty("user", user);
    credentials.setProperty("password", password);
    return credentials;
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), credentials());
  }

  /** Begins a transaction on a connection of its own. */
  Connection begin() throws SQLException {
    Connection connection = connect();
    connection.setAutoCommit(false);
    return connection;
  }

  /** Runs statements, each in a transaction of its own. */
  void execute(String... statements) throws SQLException {
    try (Connection connection = connect()) {
      execute(connection, statements);
    }
  }

  static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Returns the one number that a query finds. */
  long count(String query) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      found.next();
      return found.getLong(1);
    }
  }

  /** Reads what is committed; the loader of the examples. */
  @Nullable Product find(Long id) throws SQLException {
    reads.incrementAndGet();
    try (Connection connection = connect();
        PreparedStatement query =
            connection.prepareStatement("select name, stock from product where id = ?")) {
      query.setLong(1, id);
      try (ResultSet found = query.executeQuery()) {
        return found.next() ? new Product(id, found.getString(1), found.getInt(2)) : null;
      }
    }
  }

  int reads() {
    return reads.get();
  }
}
