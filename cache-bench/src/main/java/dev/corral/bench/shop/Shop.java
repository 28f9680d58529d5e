package dev.corral.bench.shop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** The generated shop, in a schema of its own with a name that nobody else has. */
public final class Shop implements AutoCloseable {
  /** In how many orders a popular product was: no query can look at more. */
  static final int ORDERS_OF_A_POPULAR_PRODUCT = 20_000;

  private final Connection connection;
  private final String schema;

  private Shop(Connection connection, String schema) {
    this.connection = connection;
    this.schema = schema;
  }

  /** Generates the shop; the connection stays the caller's, and must outlive it. */
  public static Shop open(Connection connection) throws SQLException {
    var shop =
        new Shop(
            connection,
            "corral_stampede_" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt()));
    try (var statement = connection.createStatement()) {
      for (String command : shop.text("shop.sql").split(";\n", -1)) {
        statement.execute(command);
      }
    }
    return shop;
  }

  /** The ids of all products, the popular ones first. */
  public String keys() {
    return "SELECT id FROM " + schema + ".product ORDER BY id";
  }

  /**
   * All that a product's page shows.
   *
   * @param orders how many of the product's latest orders it takes into account
   */
  public String productPage(int orders) {
    return text("product-page.sql").replace("$orders", String.valueOf(orders)).strip();
  }

  /**
   * The page of a product whose row changes: the version of the row is its first column.
   *
   * @param after how long after it has read the row the query answers
   */
  public String changingPage(Duration after) {
    return text("changing-page.sql")
        .replace("$seconds", String.valueOf(after.toNanos() / 1e9))
        .strip();
  }

  /** Changes a product, and answers its new version. */
  public String change() {
    return text("change.sql").strip();
  }

  private String text(String resource) {
    try (InputStream in = Shop.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("$schema", schema);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + resource, e);
    }
  }

  /** Drops the schema. */
  @Override
  public void close() throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA " + schema + " CASCADE");
    }
  }
}
