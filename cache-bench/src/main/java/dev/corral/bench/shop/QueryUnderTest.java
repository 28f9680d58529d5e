package dev.corral.bench.shop;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The query that every load runs, and the keys that it can be asked for. */
public final class QueryUnderTest implements AutoCloseable {
  private static final String AT_REST = "";
  private static final int ORDERS_OF_A_CHEAP_PAGE = 20;

  private final Connection connection;
  private final @Nullable Shop shop;
  private final String query;
  private final String keys;
  private final String change;

  private QueryUnderTest(
      Connection connection, @Nullable Shop shop, String query, String keys, String change) {
    this.connection = connection;
    this.shop = shop;
    this.query = query;
    this.keys = keys;
    this.change = change;
  }

  /**
   * The reader's own query.
   *
   * @param query with one {@code ?} for the key
   * @param keys with one column
   */
  public static QueryUnderTest own(Connection connection, String query, String keys) {
    return new QueryUnderTest(connection, null, query, keys, AT_REST);
  }

  /** The page of a popular product of a new shop, made to cost about as much as wanted. */
  public static QueryUnderTest costingAbout(Duration wanted, Connection connection)
      throws SQLException {
    Shop shop = Shop.open(connection);
    String query = Calibration.costing(wanted, shop, connection);
    return new QueryUnderTest(connection, shop, query, shop.keys(), AT_REST);
  }

  /** The page of any product of a new shop, made cheap. */
  public static QueryUnderTest cheap(Connection connection) throws SQLException {
    Shop shop = Shop.open(connection);
    return new QueryUnderTest(
        connection, shop, shop.productPage(ORDERS_OF_A_CHEAP_PAGE), shop.keys(), AT_REST);
  }

  /**
   * The page of any product of a new shop, at rest, whose answer takes its time.
   *
   * @param after how long after it has read the row the query answers
   */
  public static QueryUnderTest answering(Duration after, Connection connection)
      throws SQLException {
    Shop shop = Shop.open(connection);
    return new QueryUnderTest(connection, shop, shop.changingPage(after), shop.keys(), AT_REST);
  }

  /**
   * The page of any product of a new shop whose rows change.
   *
   * @param after how long after it has read the row the query answers
   */
  public static QueryUnderTest changing(Duration after, Connection connection) throws SQLException {
    Shop shop = Shop.open(connection);
    return new QueryUnderTest(
        connection, shop, shop.changingPage(after), shop.keys(), shop.change());
  }

  public String query() {
    return query;
  }

  /** The statement that changes a row and answers its new version; empty if rows are at rest. */
  public String change() {
    return change;
  }

  /**
   * Returns the first rows that can be asked for, at most {@code count} of them.
   *
   * @throws IllegalStateException if there is none
   */
  public List<Row> rows(int count) throws SQLException {
    List<Row> rows = Rows.first(count, connection, query, keys);
    if (rows.isEmpty()) {
      throw new IllegalStateException("The query for keys finds none: " + keys);
    }
    return rows;
  }

  /** The median time of the query for a row while nothing else asks the database. */
  public Duration cost(Row row) throws SQLException {
    return QueryCost.of(connection, query, row.key());
  }

  /** Drops the shop, if it was made here. */
  @Override
  public void close() throws SQLException {
    if (shop != null) {
      shop.close();
    }
  }
}
