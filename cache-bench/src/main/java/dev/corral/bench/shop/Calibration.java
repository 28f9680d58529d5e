package dev.corral.bench.shop;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Finds out how many orders the product page must look at to cost about as much as wanted on this
 * machine: a fast one looks at more.
 */
public final class Calibration {
  private static final int FIRST_GUESS = 2_000;
  private static final int FEWEST = 100;
  private static final int TRIES = 5;
  private static final double NEAR = 0.2;

  private Calibration() {}

  /** Returns the product page's query that costs about {@code wanted} for the first product. */
  public static String costing(Duration wanted, Shop shop, Connection connection)
      throws SQLException {
    int orders = FIRST_GUESS;
    for (int i = 0; i < TRIES; i++) {
      Duration cost = QueryCost.of(connection, shop.productPage(orders), "1");
      double factor = (double) wanted.toNanos() / cost.toNanos();
      if (Math.abs(factor - 1) < NEAR) {
        break;
      }
      orders = (int) Math.min(Shop.ORDERS_OF_A_POPULAR_PRODUCT, Math.max(FEWEST, orders * factor));
    }
    return shop.productPage(orders);
  }
}
