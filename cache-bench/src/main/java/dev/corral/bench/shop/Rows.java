package dev.corral.bench.shop;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads the keys of the rows under test, and lets the database compute what their content is. */
public final class Rows {
  private Rows() {}

  /**
   * Returns the first rows that the keys' query names.
   *
   * @param query the query under test; its one {@code ?} is the key
   * @param keys a query with one column, the keys
   */
  public static List<Row> first(int count, Connection connection, String query, String keys)
      throws SQLException {
    // In the form in which the nodes ask, and with the key in its own type instead of a parameter.
    String content =
        "SELECT coalesce(json_agg(q)::text, '[]') FROM (%s) q"
            .formatted(query.replace("?", "corral_row.corral_key"));
    String sql =
        """
        SELECT corral_key::text, md5((%s))
        FROM (SELECT *, row_number() OVER () AS corral_number
              FROM (%s) corral_keys(corral_key) LIMIT %d) corral_row
        ORDER BY corral_number
        """
            .formatted(content, keys, count);
    List<Row> rows = new ArrayList<>();
    try (var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      while (result.next()) {
        rows.add(new Row(result.getString(1), result.getString(2)));
      }
    }
    return rows;
  }
}
