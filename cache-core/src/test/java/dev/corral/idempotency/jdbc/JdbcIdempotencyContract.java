package dev.corral.idempotency.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.corral.codec.StringCodec;
import dev.corral.idempotency.Action;
import dev.corral.idempotency.ActionFailedException;
import dev.corral.idempotency.Attempt;
import dev.corral.idempotency.DeadHolderPolicy;
import dev.corral.idempotency.EndAnswer;
import dev.corral.idempotency.Executed;
import dev.corral.idempotency.Idempotency;
import dev.corral.idempotency.IdempotencyBuilder;
import dev.corral.idempotency.IdempotencyKey;
import dev.corral.idempotency.IdempotencyStore;
import dev.corral.idempotency.IdempotencyStoreContract;
import dev.corral.idempotency.Reservation;
import dev.corral.idempotency.ReservationLostException;
import dev.corral.idempotency.ReserveRequest;
import dev.corral.idempotency.StoredOutcome;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the store in a table keeps beside the contract of all: effect and outcome in one. */
public abstract class JdbcIdempotencyContract extends IdempotencyStoreContract {

  private final AtomicInteger runs = new AtomicInteger();

  protected abstract DataSource dataSource();

  protected abstract SqlDialect dialect();

  @Override
  protected IdempotencyStore open() {
    return JdbcIdempotencyStore.builder(dataSource()).build();
  }

  private JdbcIdempotencyStore table() {
    return (JdbcIdempotencyStore) store;
  }

  protected final void execute(String sql) {
    try (Connection connection = dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      for (String part : sql.replaceAll("--.*", "").split(";", -1)) {
        if (!part.isBlank()) {
          statement.execute(part);
        }
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  final void createTables() {
    execute("DROP TABLE IF EXISTS corral_idempotency; DROP TABLE IF EXISTS ledger");
    execute(JdbcIdempotencyStore.schema(dialect()));
    execute(JdbcIdempotencyStore.schema(dialect())); // harmless
    execute("CREATE TABLE ledger (amount INTEGER NOT NULL)");
  }

  @AfterEach
  final void dropTables() {
    execute("DROP TABLE corral_idempotency; DROP TABLE ledger");
  }

  private int charges() throws SQLException {
    try (Connection connection = dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM ledger")) {
      count.next();
      return count.getInt(1);
    }
  }

  private IdempotencyBuilder<String> builder() {
    return Idempotency.builder(store, StringCodec.utf8());
  }

  private Executed<String> execute(Idempotency<String> charges, Action<String> action) {
    return charges.execute(key, ONE, action);
  }

  /** Charges in a transaction, into which the outcome is written as well. */
  private String charge(Attempt<String> attempt, Ending ending) throws Exception {
    String receipt = "receipt " + runs.incrementAndGet();
    try (Connection connection = dataSource().getConnection()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("INSERT INTO ledger VALUES (7)");
      }
      table().complete(connection, attempt.outcome(receipt));
      ending.end(connection);
      return receipt;
    }
  }

  private interface Ending {
    void end(Connection connection) throws Exception;
  }

  @Test
  void effectAndOutcomeAreCommittedTogether() throws Exception {
    try (Idempotency<String> charges = builder().build()) {
      assertThat(execute(charges, attempt -> charge(attempt, Connection::commit)))
          .isEqualTo(new Executed<>("receipt 1", false, true));
      assertThat(execute(charges, attempt -> charge(attempt, Connection::commit)))
          .isEqualTo(new Executed<>("receipt 1", true, true));
    }
    assertThat(charges()).isEqualTo(1);
  }

  @Test
  void whatIsRolledBackIsNeitherChargedNorAnOutcome() throws Exception {
    try (Idempotency<String> charges = builder().retryOn(IOException.class).build()) {
      assertThatExceptionOfType(ActionFailedException.class)
          .isThrownBy(
              () ->
                  execute(
                      charges,
                      attempt ->
                          charge(
                              attempt,
                              connection -> {
                                connection.rollback();
                                throw new IOException("busy");
                              })));
      assertThat(charges()).isZero();

      assertThat(execute(charges, attempt -> charge(attempt, Connection::commit)).value())
          .isEqualTo("receipt 2");
    }
    assertThat(charges()).isEqualTo(1);
  }

  @Test
  void whatWasWrittenIsToldEvenIfTheActionReturnsAnotherValue() throws Exception {
    try (Idempotency<String> charges = builder().build()) {
      assertThat(
              execute(
                  charges,
                  attempt -> {
                    charge(attempt, Connection::commit);
                    return "something else";
                  }))
          .isEqualTo(new Executed<>("receipt 1", false, true));
    }
  }

  /**
   * As when the connection breaks in the commit: the caller sees a failure, and it has happened.
   */
  @Test
  void aCommitThatIsInDoubtIsSettledByTheTable() throws Exception {
    try (Idempotency<String> charges = builder().retryOn(IOException.class).build()) {
      Executed<String> executed =
          execute(
              charges,
              attempt ->
                  charge(
                      attempt,
                      connection -> {
                        connection.commit();
                        throw new IOException("connection reset");
                      }));

      assertThat(executed).isEqualTo(new Executed<>("receipt 1", false, true));
      assertThat(execute(charges, attempt -> charge(attempt, Connection::commit)).replayed())
          .isTrue();
    }
    assertThat(charges()).isEqualTo(1);
  }

  @Test
  void aTransactionThatEndsLaterIsNotWaitedFor() throws Exception {
    try (Connection outer = dataSource().getConnection();
        Idempotency<String> charges = builder().build()) {
      outer.setAutoCommit(false);

      Executed<String> executed =
          execute(
              charges,
              attempt -> {
                table().complete(outer, attempt.outcome("receipt"));
                return "receipt";
              });
      assertThat(executed).isEqualTo(new Executed<>("receipt", false, false));
      outer.commit();

      assertThat(execute(charges, attempt -> "never").replayed()).isTrue();
    }
  }

  @Test
  void aTransactionWhoseReservationIsLostIsNotCommitted() throws Exception {
    try (Idempotency<String> slow =
            builder().reservationTime(LONG).retention(LONG.multipliedBy(2)).build();
        Idempotency<String> charges = builder().build()) {
      assertThatExceptionOfType(ReservationLostException.class)
          .isThrownBy(
              () ->
                  execute(
                      slow,
                      attempt -> {
                        // What a pause of that length would do.
                        execute("UPDATE corral_idempotency SET reserved_until = 0");
                        assertThat(
                                execute(charges, other -> charge(other, Connection::commit))
                                    .value())
                            .isEqualTo("receipt 1");
                        return charge(attempt, Connection::commit);
                      }));
    }
    assertThat(charges()).isEqualTo(1);
  }

  @Test
  void aConnectionThatCommitsByItselfIsRefused() throws Exception {
    try (Connection connection = dataSource().getConnection();
        Idempotency<String> charges = builder().build()) {
      execute(
          charges,
          attempt -> {
            assertThatIllegalStateException()
                .isThrownBy(() -> table().complete(connection, attempt.outcome("receipt")));
            return "receipt";
          });
    }
  }

  @Test
  void expiredRecordsArePurgedInBatches() {
    for (int i = 0; i < 5; i++) {
      reserve(IdempotencyKey.of("acme", "charge", "key " + i), SHORT);
    }
    Reservation standing = reserve(LONG, LONG);
    passTime(LONGER);

    assertThat(store.purge(3)).isEqualTo(3);
    assertThat(store.purge(3)).isEqualTo(2);
    assertThat(store.purge(3)).isZero();
    assertThat(store.complete(standing, new StoredOutcome(new byte[1])))
        .isInstanceOf(EndAnswer.Ended.class);
  }

  private void reserve(IdempotencyKey some, Duration time) {
    reserved(
        store.reserve(
            new ReserveRequest(
                some, ONE, UUID.randomUUID(), time, time, DeadHolderPolicy.RUN_AGAIN)));
  }
}
