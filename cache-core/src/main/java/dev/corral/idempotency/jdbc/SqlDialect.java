package dev.corral.idempotency.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/** What databases say in words of their own. */
public enum SqlDialect {
  /** PostgreSQL 12 or later. */
  POSTGRESQL(
      "postgresql.sql",
      "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)",
      " ON CONFLICT (key_hash) DO NOTHING",
      "DELETE FROM %1$s WHERE key_hash IN (SELECT key_hash FROM %1$s WHERE expires_at <= %2$s"
          + " LIMIT ? FOR UPDATE SKIP LOCKED)"),
  /** MySQL 8.0 or later, and MariaDB 10.6 or later. */
  MYSQL(
      "mysql.sql",
      "(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(3)) DIV 1000)",
      "",
      "DELETE FROM %1$s WHERE expires_at <= %2$s ORDER BY expires_at LIMIT ?"),
  /** H2 2.2 or later, for tests. */
  H2(
      "h2.sql",
      "CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP(3)) * 1000 AS BIGINT)",
      "",
      "DELETE FROM %1$s WHERE expires_at <= %2$s FETCH FIRST ? ROWS ONLY");

  /** The file of the table, beside this class. */
  final String schema;

  /** The clock of the database, in milliseconds since 1970. */
  final String now;

  /** What makes an insert do nothing if the key is there; else it fails, and that is caught. */
  final String orNothing;

  private final String purge;

  SqlDialect(String schema, String now, String orNothing, String purge) {
    this.schema = schema;
    this.now = now;
    this.orNothing = orNothing;
    this.purge = purge;
  }

  String purge(String table) {
    // A volatile function keeps PostgreSQL from using the index.
    return purge.formatted(table, now.replace("clock_timestamp()", "statement_timestamp()"));
  }

  /**
   * Returns that of a connection's database.
   *
   * @throws UnknownDialectException if there is none for it
   */
  static SqlDialect of(Connection connection) throws SQLException {
    String name = connection.getMetaData().getDatabaseProductName();
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "postgresql" -> POSTGRESQL;
      case "mysql", "mariadb" -> MYSQL;
      case "h2" -> H2;
      default -> throw new UnknownDialectException(name);
    };
  }
}
