package dev.corral.bench.once;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.corral.bench.JavaProcess;
import dev.corral.idempotency.Action;
import dev.corral.idempotency.DeadHolderPolicy;
import dev.corral.idempotency.Executed;
import dev.corral.idempotency.Idempotency;
import dev.corral.idempotency.IdempotencyStore;
import dev.corral.idempotency.OutcomeUnknownException;
import dev.corral.idempotency.jdbc.DriverDataSource;
import dev.corral.idempotency.jdbc.JdbcIdempotencyStore;
import dev.corral.idempotency.jdbc.SqlDialect;
import dev.corral.servers.PostgresServer;
import dev.corral.servers.RedisServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the page on idempotency promises, with real processes that are killed and paused. */
@Timeout(120)
class OnceInManyProcessesTest {

  private static final RedisServer REDIS = RedisServer.start();
  private static final PostgresServer POSTGRES =
      PostgresServer.start(Map.of("max_connections", "400"));

  private final String key = UUID.randomUUID().toString();

  @BeforeAll
  static void createTable() throws SQLException {
    var database = new DriverDataSource(POSTGRES.jdbcUrl(), POSTGRES.user(), "");
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(JdbcIdempotencyStore.schema(SqlDialect.POSTGRESQL));
      statement.execute(Ledger.SCHEMA);
    }
  }

  @AfterAll
  static void stop() {
    POSTGRES.close();
    REDIS.close();
  }

  /** Starts one that will die, or be paused. */
  private JavaProcess startBrief(SharedStore store, String hold) throws IOException {
    return start(store, 1, OnceNode.BRIEF, hold).after(hold);
  }

  private JavaProcess start(SharedStore store, int threads, Duration reservation, String hold)
      throws IOException {
    return JavaProcess.start(
        OnceNode.class,
        store.name(),
        REDIS.uri().toString(),
        POSTGRES.jdbcUrl(),
        POSTGRES.user(),
        key,
        String.valueOf(threads),
        DeadHolderPolicy.RUN_AGAIN.name(),
        reservation.toString(),
        hold);
  }

  private Executed<String> callNext(SharedStore shared, DeadHolderPolicy policy) {
    return callNext(shared, policy, attempt -> "receipt of attempt " + attempt.number());
  }

  private Executed<String> callNext(
      SharedStore shared, DeadHolderPolicy policy, Action<String> action) {
    try (IdempotencyStore store =
            shared.open(REDIS.uri().toString(), POSTGRES.jdbcUrl(), POSTGRES.user());
        Idempotency<String> charges = OnceNode.charges(store, policy, OnceNode.BRIEF)) {
      return charges.execute(OnceNode.key(key), OnceNode.REQUEST, action);
    }
  }

  @ParameterizedTest
  @EnumSource(SharedStore.class)
  void ofTwoHundredThreadsInThreeProcessesOneRunsAndAllGetTheSame(SharedStore store)
      throws Exception {
    List<String> said = new ArrayList<>();
    try (JavaProcess first = start(store, 67, OnceNode.LONG, "start").after("start");
        JavaProcess second = start(store, 67, OnceNode.LONG, "start").after("start");
        JavaProcess third = start(store, 66, OnceNode.LONG, "start").after("start")) {
      for (JavaProcess node : List.of(first, second, third)) {
        node.tell("go");
      }
      for (JavaProcess node : List.of(first, second, third)) {
        said.addAll(node.rest());
      }
    }

    assertThat(said).filteredOn(line -> line.startsWith("effect")).containsExactly("effect 1");
    assertThat(said).filteredOn("got receipt of attempt 1"::equals).hasSize(1);
    assertThat(said).filteredOn("got receipt of attempt 1 replayed"::equals).hasSize(199);
    assertThat(said).hasSize(201);
  }

  @ParameterizedTest
  @CsvSource({
    "REDIS,before", "REDIS,after",
    "TABLE,before", "TABLE,after",
    "TABLE_BEHIND_REDIS,before", "TABLE_BEHIND_REDIS,after",
    "TABLE_BEHIND_MEMORY,before", "TABLE_BEHIND_MEMORY,after"
  })
  void afterAKillBeforeTheOutcomeTheNextCallerRunsAgainOrIsRefused(SharedStore store, String step)
      throws Exception {
    try (JavaProcess holder = startBrief(store, step)) {
      holder.kill();
    }

    assertThatExceptionOfType(OutcomeUnknownException.class)
        .isThrownBy(() -> callNext(store, DeadHolderPolicy.REFUSE));
    assertThat(callNext(store, DeadHolderPolicy.RUN_AGAIN))
        .isEqualTo(new Executed<>("receipt of attempt 2", false, true));
    assertThat(callNext(store, DeadHolderPolicy.REFUSE))
        .isEqualTo(new Executed<>("receipt of attempt 2", true, true));
  }

  @ParameterizedTest
  @EnumSource(SharedStore.class)
  void afterAKillBehindTheOutcomeItIsReplayed(SharedStore store) throws Exception {
    try (JavaProcess holder = startBrief(store, "done")) {
      holder.kill();
    }

    for (DeadHolderPolicy policy : DeadHolderPolicy.values()) {
      assertThat(callNext(store, policy))
          .isEqualTo(new Executed<>("receipt of attempt 1", true, true));
    }
  }

  /** With effect and outcome in one transaction there is no gap in which to die. */
  @ParameterizedTest
  @CsvSource({
    "TABLE,written,attempt 2,false", "TABLE,committed,attempt 1,true",
    "TABLE_BEHIND_REDIS,written,attempt 2,false", "TABLE_BEHIND_REDIS,committed,attempt 1,true",
    "TABLE_BEHIND_MEMORY,written,attempt 2,false", "TABLE_BEHIND_MEMORY,committed,attempt 1,true"
  })
  void whereverInItsTransactionAProcessIsKilledItIsChargedOnce(
      SharedStore store, String step, String winner, boolean replayed) throws Exception {
    Ledger ledger = new Ledger(POSTGRES.jdbcUrl(), POSTGRES.user());
    try (JavaProcess holder = startBrief(store, step)) {
      holder.kill();
    }

    Executed<String> next =
        callNext(store, DeadHolderPolicy.RUN_AGAIN, attempt -> ledger.charge(attempt, taken -> {}));

    assertThat(next).isEqualTo(new Executed<>("receipt of " + winner, replayed, true));
    assertThat(ledger.rows(key)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(SharedStore.class)
  void aProcessThatWasPausedForTooLongCannotOverwriteAndIsTold(SharedStore store) throws Exception {
    try (JavaProcess paused = startBrief(store, "after")) {
      signal(paused, "STOP");
      assertThat(callNext(store, DeadHolderPolicy.RUN_AGAIN).value())
          .isEqualTo("receipt of attempt 2");
      paused.tell("go");
      signal(paused, "CONT");

      assertThat(paused.rest()).containsExactly("threw ReservationLostException");
    }

    assertThat(callNext(store, DeadHolderPolicy.RUN_AGAIN))
        .isEqualTo(new Executed<>("receipt of attempt 2", true, true));
  }

  /** Through the shell, whose kill is built in: slim images have no program of that name. */
  private static void signal(JavaProcess process, String name) throws Exception {
    Process kill =
        new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.process().pid()).start();
    assertThat(kill.waitFor()).isZero();
  }
}
