package dev.corral.bench.serve;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The products in the database; reading one takes a while, so that a load can be told from a hit.
 */
final class Items {
  private final DataSource database;

  Items(DataSource database) {
    this.database = database;
  }

  /** Makes the table with a thousand products, unless another process of the service has. */
  void create() throws SQLException {
    try (Connection connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(42)"); // one at a time, until the session's end
      statement.execute(
          """
          CREATE TABLE IF NOT EXISTS item AS
          SELECT id, 'Product ' || id AS name, (199 + id * 7919 % 49800)::integer AS price_cents
          FROM generate_series(1::bigint, 1000) id
          """);
      statement.execute("CREATE UNIQUE INDEX IF NOT EXISTS item_id ON item (id)");
      statement.execute("SELECT pg_advisory_unlock(42)");
    }
  }

  @Nullable Item find(long id) throws SQLException {
    try (Connection connection = database.getConnection();
        var statement =
            connection.prepareStatement(
                "SELECT name, price_cents FROM item, pg_sleep(0.05) WHERE id = ?")) {
      statement.setLong(1, id);
      try (var row = statement.executeQuery()) {
        return row.next() ? new Item(id, row.getString(1), row.getInt(2)) : null;
      }
    }
  }

  void setPrice(long id, int cents) throws SQLException {
    try (Connection connection = database.getConnection();
        var statement =
            connection.prepareStatement("UPDATE item SET price_cents = ? WHERE id = ?")) {
      statement.setInt(1, cents);
      statement.setLong(2, id);
      statement.executeUpdate();
    }
  }
}
