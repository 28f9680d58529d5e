package dev.corral.bench.shop;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.Arrays;

/** What the query under test costs while nothing else asks the database. */
public final class QueryCost {
  private static final int WARM_UPS = 6; // after five, the driver lets the server keep the plan
  private static final int RUNS = 11;

  private QueryCost() {}

  /** The median time of the query for one key, over one connection. */
  public static Duration of(Connection connection, String query, String key) throws SQLException {
    long[] nanos = new long[WARM_UPS + RUNS];
    try (var statement = connection.prepareStatement(query)) {
      for (int i = 0; i < nanos.length; i++) {
        long begin = System.nanoTime();
        statement.setObject(1, key, Types.OTHER);
        statement.executeQuery().close();
        nanos[i] = System.nanoTime() - begin;
      }
    }
    Arrays.sort(nanos, WARM_UPS, nanos.length);
    return Duration.ofNanos(nanos[WARM_UPS + RUNS / 2]);
  }
}
