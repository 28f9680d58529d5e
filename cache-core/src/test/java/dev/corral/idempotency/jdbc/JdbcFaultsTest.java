package dev.corral.idempotency.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.corral.idempotency.DeadHolderPolicy;
import dev.corral.idempotency.Fingerprint;
import dev.corral.idempotency.IdempotencyKey;
import dev.corral.idempotency.IdempotencyStoreException;
import dev.corral.idempotency.ReserveAnswer;
import dev.corral.idempotency.ReserveRequest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What databases, drivers and pools throw. */
class JdbcFaultsTest {

  private static final DataSource DATABASE =
      new DriverDataSource("jdbc:h2:mem:faults;DB_CLOSE_DELAY=-1", "", "");

  /** What the next statements throw, one after the other, in place of being prepared. */
  private final Deque<Exception> faults = new ArrayDeque<>();

  private final JdbcIdempotencyStore store = JdbcIdempotencyStore.builder(faulty()).build();
  private final ReserveRequest request =
      new ReserveRequest(
          IdempotencyKey.of("acme", "charge", "42"),
          Fingerprint.none(),
          UUID.randomUUID(),
          Duration.ofSeconds(30),
          Duration.ofHours(1),
          DeadHolderPolicy.RUN_AGAIN);

  private DataSource faulty() {
    return proxy(
        DataSource.class,
        DATABASE,
        connection -> proxy(Connection.class, (Connection) connection, statement -> statement));
  }

  private interface Wrap {
    Object wrap(Object result);
  }

  private <T> T proxy(Class<T> type, T behind, Wrap wrap) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              if (method.getName().equals("prepareStatement") && !faults.isEmpty()) {
                throw faults.remove();
              }
              try {
                Object result = method.invoke(behind, arguments);
                return method.getName().equals("getConnection") ? wrap.wrap(result) : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
    return type.cast(proxy);
  }

  @BeforeEach
  void createTable() throws SQLException {
    try (Connection connection = DATABASE.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS corral_idempotency");
      for (String part : JdbcIdempotencyStore.schema(SqlDialect.H2).split(";", -1)) {
        if (!part.isBlank()) {
          statement.execute(part);
        }
      }
    }
  }

  @Test
  void aStepThatTheDatabaseRolledBackIsTakenAgain() {
    for (int i = 0; i < 4; i++) {
      faults.add(new SQLException("deadlock detected", "40P01"));
    }

    assertThat(store.reserve(request)).isInstanceOf(ReserveAnswer.Reserved.class);
    assertThat(faults).isEmpty();
  }

  @Test
  void aStepThatIsRolledBackEachTimeFails() {
    for (int i = 0; i < 9; i++) {
      faults.add(new SQLException("could not serialize access", "40001"));
    }

    assertThatExceptionOfType(IdempotencyStoreException.class)
        .isThrownBy(() -> store.reserve(request))
        .withMessage(
            "The database failed to reserve %s: could not serialize access", request.key());
    assertThat(faults).hasSize(4);
  }

  @Test
  void whatElseFailsIsNotTriedAgain() {
    faults.add(new SQLException("disk full", "53100"));

    assertThatExceptionOfType(IdempotencyStoreException.class)
        .isThrownBy(() -> store.purge(10))
        .withMessage("The database failed to purge: disk full");
  }

  @Test
  void whateverADriverThrowsIsAFailureOfTheStore() {
    faults.add(new IllegalStateException("broken pipe"));
    assertThatExceptionOfType(IdempotencyStoreException.class)
        .isThrownBy(() -> store.reserve(request))
        .withMessageContaining("broken pipe");

    faults.add(new IllegalStateException("broken pipe"));
    assertThatExceptionOfType(IdempotencyStoreException.class).isThrownBy(() -> store.purge(10));
  }

  @Test
  void whyARecordCannotBeMadeIsTold() throws SQLException {
    try (Connection connection = DATABASE.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "ALTER TABLE corral_idempotency ADD CONSTRAINT paid CHECK (tenant <> 'acme')");
    }

    assertThatExceptionOfType(IdempotencyStoreException.class)
        .isThrownBy(() -> store.reserve(request))
        .withStackTraceContaining("PAID");
  }

  @Test
  void aDatabaseThatHasNoDialectIsAMistakeOfTheUser() {
    JdbcIdempotencyStore unknown =
        JdbcIdempotencyStore.builder(
                proxy(
                    DataSource.class,
                    DATABASE,
                    connection ->
                        named("Some Database", Connection.class, (Connection) connection)))
            .build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> unknown.reserve(request))
        .withMessage("dialect must be given for the database Some Database");
  }

  /** Returns the same with another product name. */
  private static <T> T named(String product, Class<T> type, T behind) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              if (method.getName().equals("getDatabaseProductName")) {
                return product;
              }
              Object result = method.invoke(behind, arguments);
              return result instanceof DatabaseMetaData metaData
                  ? named(product, DatabaseMetaData.class, metaData)
                  : result;
            });
    return type.cast(proxy);
  }
}
