package dev.corral.bench.site;

import dev.corral.bench.node.Origin;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** What goes wrong with the database. */
public final class DatabaseFaults {
  private DatabaseFaults() {}

  /** The database ends the connections of all nodes, and takes no new ones. */
  public static Fault refuses() {
    return site -> {
      String name = nameOf(site);
      Connection beside = site.connectBeside();
      allowConnections(beside, name, false);
      try (PreparedStatement end =
          beside.prepareStatement(
              "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = ?")) {
        end.setString(1, Origin.APPLICATION);
        end.execute();
      }
      return () -> {
        allowConnections(beside, name, true);
        beside.close();
      };
    };
  }

  private static String nameOf(Site site) throws SQLException {
    try (Connection connection = site.connect();
        Statement statement = connection.createStatement();
        ResultSet name = statement.executeQuery("SELECT quote_ident(current_database())")) {
      name.next();
      return name.getString(1);
    }
  }

  private static void allowConnections(Connection beside, String database, boolean allow)
      throws SQLException {
    try (Statement statement = beside.createStatement()) {
      statement.execute("ALTER DATABASE " + database + " ALLOW_CONNECTIONS " + allow);
    }
  }

  /**
   * Again and again somebody locks the shop's products, so that every query waits.
   *
   * @param lock for how long each time
   * @param every how often
   */
  public static Fault locked(Duration lock, Duration every) {
    return site -> {
      Connection connection = site.connect();
      connection.setAutoCommit(false);
      String table = products(connection);
      var locks = Executors.newSingleThreadScheduledExecutor();
      Future<?> outcome =
          locks.scheduleAtFixedRate(
              () -> lock(connection, table, lock), 0, every.toMillis(), TimeUnit.MILLISECONDS);
      return () -> {
        locks.shutdown();
        if (!locks.awaitTermination(1, TimeUnit.MINUTES)) {
          throw new IllegalStateException("The database does not answer after it was locked");
        }
        connection.close();
        if (!outcome.isCancelled()) {
          outcome.get(); // a lock that failed has ended the others
        }
      };
    };
  }

  private static String products(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet table =
            statement.executeQuery(
                "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
                    + " WHERE schemaname LIKE 'corral_stampede_%' AND tablename = 'product'")) {
      if (!table.next()) {
        throw new IllegalStateException("There is no shop whose products could be locked");
      }
      return table.getString(1);
    }
  }

  private static void lock(Connection connection, String table, Duration time) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
      statement.execute("SELECT pg_sleep(" + time.toMillis() / 1000.0 + ")");
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException("The products could not be locked", e);
    }
  }
}
