package dev.corral.bench.payments;

import dev.corral.bench.node.NodeConfig.Database;
import dev.corral.idempotency.jdbc.JdbcIdempotencyStore;
import dev.corral.idempotency.jdbc.SqlDialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What has been charged, a row for each time. No constraint keeps a payment from being there twice:
 * that is to be seen, not to be hidden.
 */
final class Ledger {
  private static final String CHARGE =
      """
      INSERT INTO charge (payment, amount)
      SELECT ?, ? FROM (SELECT pg_sleep(0.003)) AS the_bank_thinks
      RETURNING id
      """;

  /** A row. */
  record Charge(long id, int amount) {}

  private Ledger() {}

  /** Makes a schema with an empty ledger and a table for keys, and returns how to connect to it. */
  static Database create(Database database, String schema) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA " + schema);
      statement.execute("SET search_path TO " + schema);
      statement.execute(
          """
          CREATE TABLE charge (
            id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            payment INTEGER NOT NULL,
            amount INTEGER NOT NULL,
            charged_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp()
          )
          """);
      statement.execute(JdbcIdempotencyStore.schema(SqlDialect.POSTGRESQL));
    }
    String separator = database.url().contains("?") ? "&" : "?";
    return new Database(
        database.url() + separator + "currentSchema=" + schema,
        database.user(),
        database.password());
  }

  /** Charges, and returns the number of the charge. */
  static long charge(Connection connection, int payment, int amount) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CHARGE)) {
      statement.setInt(1, payment);
      statement.setInt(2, amount);
      try (ResultSet id = statement.executeQuery()) {
        id.next();
        return id.getLong(1);
      }
    }
  }

  /** Reads all of it, by payment. */
  static Map<Integer, List<Charge>> read(Database database) throws SQLException {
    Map<Integer, List<Charge>> charges = new TreeMap<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT payment, id, amount FROM charge ORDER BY id")) {
      while (rows.next()) {
        charges
            .computeIfAbsent(rows.getInt(1), payment -> new ArrayList<>())
            .add(new Charge(rows.getLong(2), rows.getInt(3)));
      }
    }
    return charges;
  }
}
