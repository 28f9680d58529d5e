package dev.corral.bench.once;

import dev.corral.idempotency.Attempt;
import dev.corral.idempotency.jdbc.DriverDataSource;
import dev.corral.idempotency.jdbc.JdbcIdempotencyStore;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Rows of what was charged, each written in one transaction with the outcome that tells of it. */
final class Ledger {

  static final String SCHEMA = "CREATE TABLE ledger (idempotency_key TEXT, attempt INTEGER)";

  private final DataSource database;
  private final JdbcIdempotencyStore table;

  Ledger(String jdbc, String user) {
    database = new DriverDataSource(jdbc, user, "");
    table = JdbcIdempotencyStore.builder(database).build();
  }

  /** Is told which step of the transaction has been taken. */
  interface Steps {
    void taken(String step) throws IOException;
  }

  /** Charges, and says so as soon as both are written, and as soon as they are committed. */
  String charge(Attempt<String> attempt, Steps steps) throws SQLException, IOException {
    String receipt = "receipt of attempt " + attempt.number();
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO ledger VALUES (?, ?)")) {
        insert.setString(1, attempt.key().parts().get(0));
        insert.setInt(2, attempt.number());
        insert.executeUpdate();
      }
      table.complete(connection, attempt.outcome(receipt));
      steps.taken(OnceNode.WRITTEN);
      connection.commit();
      steps.taken(OnceNode.COMMITTED);
    }
    return receipt;
  }

  int rows(String key) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement count =
            connection.prepareStatement("SELECT COUNT(*) FROM ledger WHERE idempotency_key = ?")) {
      count.setString(1, key);
      try (ResultSet rows = count.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    }
  }
}
