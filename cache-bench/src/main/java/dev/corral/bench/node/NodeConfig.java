package dev.corral.bench.node;

import dev.corral.bench.contender.ContenderKind;
import dev.corral.bench.contender.Limits;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * What a node process is told over its standard input, as one line of JSON.
 *
 * @param process its number, from 0; a node that is restarted has one process after another
 * @param startAt when it is started, in nanoseconds after the beginning; 0 if before that
 * @param directory where it finds the keys and its schedule, and leaves its results
 * @param query the query under test, with one {@code ?} for the key
 * @param change the statement that changes a row, with one {@code ?} for the key; it answers the
 *     row's new version. Empty if rows are at rest
 * @param writers how many threads change rows
 * @param windowFrom when measuring begins, in nanoseconds after the beginning
 * @param windowTo when it ends
 * @param patience for how many nanoseconds after {@code windowTo} a get that is due may still begin
 */
public record NodeConfig(
    int process,
    long startAt,
    String directory,
    ContenderKind contender,
    Database database,
    String query,
    String change,
    int writers,
    Limits limits,
    URI redis,
    String namespace,
    int threads,
    long windowFrom,
    long windowTo,
    long patience) {

  /** Where the database is; user and password are empty if the address says them. */
  public record Database(String url, String user, String password) {

    public Connection connect() throws SQLException {
      return user.isEmpty()
          ? DriverManager.getConnection(url)
          : DriverManager.getConnection(url, user, password);
    }
  }
}
