package dev.corral.idempotency.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corral.idempotency.EndAnswer;
import dev.corral.idempotency.IdempotencyKey;
import dev.corral.idempotency.IdempotencyStore;
import dev.corral.idempotency.IdempotencyStoreException;
import dev.corral.idempotency.PreparedOutcome;
import dev.corral.idempotency.Reservation;
import dev.corral.idempotency.ReservationLostException;
import dev.corral.idempotency.ReserveAnswer;
import dev.corral.idempotency.ReserveRequest;
import dev.corral.idempotency.StoredOutcome;
import dev.corral.idempotency.Watch;
import dev.corral.idempotency.Watches;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Outcomes of writes that happen once, in a table: as durable as what they are about. A unique
 * constraint does the reserving, and the clock of the database says what has expired.
 *
 * <pre>{@code
 * JdbcIdempotencyStore store = JdbcIdempotencyStore.builder(dataSource).build();
 * }</pre>
 *
 * <p>If the action changes this very database, it writes the outcome {@linkplain
 * #complete(Connection, PreparedOutcome) in its own transaction}: then effect and outcome are there
 * together or not at all, and no crash comes between them.
 *
 * <p>Thread-safe. Each step takes a connection of the data source for one or two statements, each
 * its own transaction, so the data source must not hand out connections that belong to the
 * transaction of the calling thread. No message tells those who wait: they look, after 25 ms to 1
 * s, unless somebody of this process ends what they wait for.
 */
public final class JdbcIdempotencyStore implements IdempotencyStore {

  /** The table, if nothing else is said. */
  static final String TABLE = "corral_idempotency";

  private static final Duration FIRST_LOOK = Duration.ofMillis(25);
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);

  /** So often a key may change hands between two statements, before that is an error. */
  private static final int MOST_LOOKS = 10;

  /** So often a step is taken that the database rolls back, before that is an error. */
  private static final int MOST_TRIES = 5;

  /** Violated by a key that is there, or by one that cannot be. */
  private static final String CONSTRAINT = "23";

  private static final String ROLLBACK = "40";

  private final DataSource dataSource;
  private final String table;
  private final int timeoutSeconds;
  private final Watches watches = new Watches(FIRST_LOOK, LONGEST_LOOK);
  private volatile @Nullable Statements statements;

  JdbcIdempotencyStore(JdbcIdempotencyStoreBuilder builder) {
    dataSource = builder.dataSource;
    table = builder.table;
    timeoutSeconds = builder.timeoutSeconds;
    statements = builder.dialect == null ? null : new Statements(builder.dialect, table);
  }

  /** Begins to build a store that takes its connections from a data source. */
  public static JdbcIdempotencyStoreBuilder builder(DataSource dataSource) {
    return new JdbcIdempotencyStoreBuilder(dataSource);
  }

  /**
   * Returns what creates the table {@code corral_idempotency} and its index, unless they are there:
   * statements that end with semicolons, for a tool that migrates databases.
   */
  public static String schema(SqlDialect dialect) {
    try (InputStream in = JdbcIdempotencyStore.class.getResourceAsStream(dialect.schema)) {
      if (in == null) {
        throw new IllegalStateException("No " + dialect.schema + " beside the class");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + dialect.schema, e);
    }
  }

  private interface Step<A> {
    A take(Connection connection, Statements sql) throws SQLException;
  }

  /** Takes a step on a connection on which each statement is a transaction of its own. */
  private <A> A step(String name, @Nullable IdempotencyKey key, Step<A> step) {
    for (int tries = 1; ; tries++) {
      try (Connection connection = dataSource.getConnection()) {
        return onItsOwn(connection, step);
      } catch (SQLException e) {
        if (!isRolledBack(e) || tries == MOST_TRIES) {
          throw failure(name, key, e);
        }
      } catch (UnknownDialectException e) {
        throw e; // no failure of the database
      } catch (RuntimeException e) {
        // Drivers and pools throw such, too: whether the step was taken is as unknown.
        throw failure(name, key, e);
      }
    }
  }

  private <A> A onItsOwn(Connection connection, Step<A> step) throws SQLException {
    boolean transactional = !connection.getAutoCommit();
    if (transactional) {
      connection.setAutoCommit(true);
    }
    try {
      return step.take(connection, statements(connection));
    } finally {
      if (transactional) {
        connection.setAutoCommit(false);
      }
    }
  }

  /** A deadlock or a conflict, for which the database undid the statement. */
  private static boolean isRolledBack(SQLException e) {
    return e.getSQLState() != null && e.getSQLState().startsWith(ROLLBACK);
  }

  private static IdempotencyStoreException failure(
      String step, @Nullable IdempotencyKey key, Exception e) {
    String what = key == null ? step : step + " " + key;
    return new IdempotencyStoreException(
        "The database failed to %s: %s".formatted(what, e.getMessage()), e);
  }

  private Statements statements(Connection connection) throws SQLException {
    Statements known = statements;
    if (known == null) {
      known = new Statements(SqlDialect.of(connection), table);
      statements = known;
    }
    return known;
  }

  @Override
  public ReserveAnswer reserve(ReserveRequest request) {
    return step("reserve", request.key(), (connection, sql) -> reserve(connection, sql, request));
  }

  private ReserveAnswer reserve(Connection connection, Statements sql, ReserveRequest request)
      throws SQLException {
    byte[] key = request.key().digest();
    SQLException violation = null;
    for (int looks = 0; looks < MOST_LOOKS; looks++) {
      try {
        if (insert(connection, sql, request, key)) {
          return new ReserveAnswer.Reserved(request.granted(1));
        }
      } catch (SQLException e) {
        if (!isOfConstraint(e)) {
          throw e;
        }
        violation = e; // the key is there, as a rule: the next statement sees
      }
      Row row = look(connection, sql, key);
      if (row != null) {
        ReserveAnswer answer = row.answer(request);
        if (answer != null) {
          return answer;
        }
        Reservation reservation = take(connection, sql, request, key, row);
        if (reservation != null) {
          return new ReserveAnswer.Reserved(reservation);
        }
      }
      // It was freed, or somebody else took it, between two statements.
    }
    throw new SQLException("it changes hands all the time, or cannot be inserted", violation);
  }

  private boolean insert(
      Connection connection, Statements sql, ReserveRequest request, byte[] digest)
      throws SQLException {
    IdempotencyKey key = request.key();
    try (PreparedStatement insert = prepare(connection, sql.insert)) {
      insert.setBytes(1, digest);
      insert.setString(2, key.tenant());
      insert.setString(3, key.operation());
      insert.setString(4, String.join("/", key.parts()));
      insert.setBytes(5, request.fingerprint().toBytes());
      insert.setBytes(6, Tokens.bytes(request.token()));
      insert.setLong(7, millis(request.reservationTime()));
      insert.setLong(8, millis(request.retention()));
      return insert.executeUpdate() == 1;
    }
  }

  private static boolean isOfConstraint(SQLException e) {
    return e.getSQLState() != null && e.getSQLState().startsWith(CONSTRAINT);
  }

  private @Nullable Row look(Connection connection, Statements sql, byte[] digest)
      throws SQLException {
    try (PreparedStatement look = prepare(connection, sql.look)) {
      look.setBytes(1, digest);
      try (ResultSet result = look.executeQuery()) {
        return Row.read(result);
      }
    }
  }

  private @Nullable Reservation take(
      Connection connection, Statements sql, ReserveRequest request, byte[] digest, Row row)
      throws SQLException {
    if (row.isReservedBy(request)) {
      Reservation own = row.granted(request);
      return renew(connection, sql, own) ? own : null;
    }
    try (PreparedStatement take = prepare(connection, sql.take)) {
      take.setBytes(1, request.fingerprint().toBytes());
      take.setBytes(2, Tokens.bytes(request.token()));
      take.setInt(3, row.nextAttempt());
      take.setLong(4, millis(request.reservationTime()));
      take.setLong(5, millis(request.retention()));
      take.setBytes(6, digest);
      take.setBytes(7, row.token);
      return take.executeUpdate() == 1 ? request.granted(row.nextAttempt()) : null;
    }
  }

  @Override
  public boolean renew(Reservation reservation) {
    return step(
        "renew", reservation.key(), (connection, sql) -> renew(connection, sql, reservation));
  }

  private boolean renew(Connection connection, Statements sql, Reservation reservation)
      throws SQLException {
    try (PreparedStatement renew = prepare(connection, sql.renew)) {
      renew.setLong(1, millis(reservation.time()));
      renew.setLong(2, millis(reservation.retention()));
      renew.setBytes(3, reservation.key().digest());
      renew.setBytes(4, Tokens.bytes(reservation.token()));
      return renew.executeUpdate() == 1;
    }
  }

  @Override
  public EndAnswer complete(Reservation reservation, StoredOutcome outcome) {
    EndAnswer answer =
        step(
            "complete",
            reservation.key(),
            (connection, sql) ->
                write(connection, sql, reservation, outcome)
                    ? new EndAnswer.Ended()
                    : ended(connection, sql, reservation));
    watches.wake(reservation.key().digest());
    return answer;
  }

  /**
   * Stores the outcome of an action in the transaction of the action, which the caller commits:
   * best as the last thing before that, since it locks the record. If it is rolled back, nothing
   * was stored, and the action may be run again. The transaction has to end before the action does,
   * or together with what it is nested in; nobody commits it here.
   *
   * @param connection the one on which the action made its changes, without auto-commit
   * @throws ReservationLostException if the reservation is lost: the transaction must not be
   *     committed, and if this is thrown on, it is not
   * @throws SQLException if the database fails
   * @throws IllegalStateException if the connection commits each statement by itself
   */
  public void complete(Connection connection, PreparedOutcome prepared) throws SQLException {
    if (connection.getAutoCommit()) {
      throw new IllegalStateException(
          "The connection must be in a transaction, and commits itself");
    }
    prepared.writing();
    Reservation reservation = prepared.reservation();
    if (!write(connection, statements(connection), reservation, prepared.outcome())) {
      throw new ReservationLostException(reservation.key());
    }
  }

  private boolean write(
      Connection connection, Statements sql, Reservation reservation, StoredOutcome outcome)
      throws SQLException {
    try (PreparedStatement complete = prepare(connection, sql.complete)) {
      complete.setBytes(1, outcome.bytes());
      complete.setLong(2, millis(reservation.retention()));
      complete.setBytes(3, reservation.key().digest());
      complete.setBytes(4, Tokens.bytes(reservation.token()));
      return complete.executeUpdate() == 1;
    }
  }

  @Override
  public EndAnswer release(Reservation reservation) {
    EndAnswer answer =
        step(
            "release",
            reservation.key(),
            (connection, sql) ->
                delete(connection, sql, reservation) || free(connection, sql, reservation)
                    ? new EndAnswer.Ended()
                    : ended(connection, sql, reservation));
    watches.wake(reservation.key().digest());
    return answer;
  }

  private boolean delete(Connection connection, Statements sql, Reservation reservation)
      throws SQLException {
    try (PreparedStatement release = prepare(connection, sql.release)) {
      release.setBytes(1, reservation.key().digest());
      release.setBytes(2, Tokens.bytes(reservation.token()));
      return release.executeUpdate() == 1;
    }
  }

  private boolean free(Connection connection, Statements sql, Reservation reservation)
      throws SQLException {
    try (PreparedStatement free = prepare(connection, sql.free)) {
      free.setBytes(1, Tokens.bytes(UUID.randomUUID()));
      free.setBytes(2, reservation.key().digest());
      free.setBytes(3, Tokens.bytes(reservation.token()));
      return free.executeUpdate() == 1;
    }
  }

  private EndAnswer ended(Connection connection, Statements sql, Reservation reservation)
      throws SQLException {
    Row row = look(connection, sql, reservation.key().digest());
    return row != null && row.isOf(reservation.token()) && row.outcome != null
        ? new EndAnswer.AlreadyDone(row.outcome)
        : new EndAnswer.Lost();
  }

  @Override
  public Optional<StoredOutcome> outcomeOf(Reservation reservation) {
    return step(
        "look for",
        reservation.key(),
        (connection, sql) -> {
          Row row = look(connection, sql, reservation.key().digest());
          return row != null && row.isOf(reservation.token())
              ? Optional.ofNullable(row.outcome)
              : Optional.empty();
        });
  }

  @Override
  public Watch watch(IdempotencyKey key) {
    return watches.begin(key.digest());
  }

  @Override
  public int purge(int most) {
    return step(
        "purge",
        null,
        (connection, sql) -> {
          try (PreparedStatement purge = prepare(connection, sql.purge)) {
            purge.setInt(1, most);
            return purge.executeUpdate();
          }
        });
  }

  private PreparedStatement prepare(Connection connection, String sql) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setQueryTimeout(timeoutSeconds);
    return statement;
  }

  /** Rounded up: what is to last for less than a millisecond lasts for one. */
  private static long millis(Duration duration) {
    return Math.max(1, duration.toMillis());
  }

  /** Holds nothing: the data source is its owner's. */
  @Override
  public void close() {}
}
