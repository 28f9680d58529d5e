package dev.corral.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.corral.TieredCache;
import dev.corral.servers.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The transactions of docs/invalidation.md. */
class TransactionsTest {

  private static final PostgresServer POSTGRES = PostgresServer.start();

  private final ShopDatabase database = new ShopDatabase(POSTGRES);
  private final TieredCache<Long, Product> products =
      TieredCache.<Long, Product>builder("products").freshFor(Duration.ofMinutes(5)).build();

  @AfterAll
  static void stopDatabase() {
    POSTGRES.close();
  }

  @BeforeEach
  void stockTheShop() throws SQLException {
    database.stock();
    products.get(1L, database::find);
  }

  @AfterEach
  void close() {
    products.close();
  }

  private void sellOne(long id) throws SQLException {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      try (PreparedStatement update =
          connection.prepareStatement("update product set stock = stock - 1 where id = ?")) {
        update.setLong(1, id);
        update.executeUpdate();
      }
      connection.commit();
    } finally {
      products.invalidate(id); // after the commit, and also if it threw: it may have been done
    }
  }

  @Test
  void invalidatedAfterTheCommitNothingOldIsServed() throws SQLException {
    sellOne(1);

    assertThat(products.get(1L, database::find)).isEqualTo(new Product(1, "a table", 2));
  }

  @Test
  void invalidatedInsideTheTransactionTheOldValueComesBack() throws SQLException {
    try (Connection connection = database.begin()) {
      ShopDatabase.execute(connection, "update product set stock = stock - 1 where id = 1");
      products.invalidate(1L); // too early
      products.get(1L, database::find);
      connection.commit();
    }

    assertThat(database.find(1L)).isEqualTo(new Product(1, "a table", 2));
    assertThat(products.get(1L, database::find)).isEqualTo(new Product(1, "a table", 3));
  }

  @Test
  void aChangeRunsTheTransaction() throws SQLException {
    products.change(1L, () -> sellOne(1));

    assertThat(products.get(1L, database::find)).isEqualTo(new Product(1, "a table", 2));
  }

  @Test
  void whatFailsIsInvalidatedToo() throws SQLException {
    database.execute("alter table product add check (id <> 1 or stock >= 3)");

    assertThatExceptionOfType(SQLException.class).isThrownBy(() -> sellOne(1));

    assertThat(products.getIfPresent(1L)).isEmpty();
    assertThat(products.get(1L, database::find)).isEqualTo(new Product(1, "a table", 3));
  }
}
