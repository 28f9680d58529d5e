package dev.corral.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.codec.JacksonCodec;
import dev.corral.idempotency.Executed;
import dev.corral.idempotency.Fingerprint;
import dev.corral.idempotency.Idempotency;
import dev.corral.idempotency.IdempotencyKey;
import dev.corral.idempotency.IdempotencyStore;
import dev.corral.idempotency.InMemoryIdempotencyStore;
import dev.corral.idempotency.LayeredIdempotencyStore;
import dev.corral.idempotency.jdbc.DriverDataSource;
import dev.corral.idempotency.jdbc.JdbcIdempotencyStore;
import dev.corral.idempotency.jdbc.SqlDialect;
import dev.corral.redis.RedisIdempotencyStore;
import dev.corral.servers.PostgresServer;
import dev.corral.servers.RedisServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** The examples of docs/idempotency.md. */
class IdempotencyExamplesTest {

  record Receipt(int number, int amount) {}

  static final class ProviderBusyException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  static final class Provider {
    private int charges;

    Receipt charge(int amount) throws ProviderBusyException {
      if (amount <= 0) {
        throw new ProviderBusyException();
      }
      return new Receipt(++charges, amount);
    }
  }

  static final class Ledger {
    private int charges;

    Receipt charge(Connection connection, int amount) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE IF NOT EXISTS charges (amount INTEGER)");
        statement.execute("INSERT INTO charges VALUES (" + amount + ")");
      }
      return new Receipt(++charges, amount);
    }
  }

  private final Provider provider = new Provider();
  private final byte[] body = "{\"amount\": 7}".getBytes(UTF_8);

  @Test
  void aChargeIsMadeOnce() {
    IdempotencyStore store = new InMemoryIdempotencyStore();

    assertThat(charge(store, "acme", "42")).isEqualTo(new Receipt(1, 7));
    assertThat(charge(store, "acme", "42")).isEqualTo(new Receipt(1, 7));
  }

  private Receipt charge(IdempotencyStore store, String tenant, String header) {
    Idempotency<Receipt> charges =
        Idempotency.builder(store, JacksonCodec.of(Receipt.class))
            .retryOn(ProviderBusyException.class) // thrown before anything has happened
            .build();

    Executed<Receipt> charged =
        charges.execute(
            IdempotencyKey.of(tenant, "charge", header),
            Fingerprint.of(body),
            attempt -> provider.charge(7));

    return charged.value(); // the same for every call with this key
  }

  @Test
  void keysByClientAndByNature() {
    IdempotencyKey byClient =
        IdempotencyKey.of("acme", "charge", "8e03978e-40d5-43e8-bc93-6894a57f9324");
    IdempotencyKey byNature =
        IdempotencyKey.composite("acme", "charge", "invoice-2026-17", "instalment-2");

    assertThat(byClient).isNotEqualTo(byNature);
  }

  @Test
  void effectAndOutcomeInOneTransaction() throws SQLException {
    try (PostgresServer server = PostgresServer.start();
        RedisClient jedis = RedisClient.create(RedisServer.shared().uri())) {
      DataSource dataSource = new DriverDataSource(server.jdbcUrl(), server.user(), "");
      try (Connection connection = dataSource.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(JdbcIdempotencyStore.schema(SqlDialect.POSTGRESQL));
      }
      JdbcIdempotencyStore table = JdbcIdempotencyStore.builder(dataSource).build();
      Ledger ledger = new Ledger();
      Idempotency<Receipt> charges =
          Idempotency.builder(table, JacksonCodec.of(Receipt.class)).build();
      IdempotencyKey key = IdempotencyKey.of("acme", "charge", "42");

      Executed<Receipt> charged =
          charges.execute(
              key,
              Fingerprint.of(body),
              attempt -> {
                try (Connection connection = dataSource.getConnection()) {
                  connection.setAutoCommit(false);
                  Receipt receipt = ledger.charge(connection, 7);
                  table.complete(
                      connection, attempt.outcome(receipt)); // last, as it locks the record
                  connection.commit();
                  return receipt;
                }
              });

      assertThat(charged).isEqualTo(new Executed<>(new Receipt(1, 7), false, true));
      assertThat(charge(layered(dataSource, jedis), "acme", "42")).isEqualTo(new Receipt(1, 7));
      charges.close();
    }
  }

  private static IdempotencyStore layered(DataSource dataSource, RedisClient jedis) {
    IdempotencyStore store =
        new LayeredIdempotencyStore(
            JdbcIdempotencyStore.builder(dataSource).build(),
            RedisIdempotencyStore.builder(jedis).namespace("shop").build());
    return store;
  }
}
