package dev.corral.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.corral.codec.StringCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The state table of docs/idempotency.md. */
@Timeout(60)
class IdempotencyTest extends IdempotencyScene {

  private void assertReused() {
    assertThatExceptionOfType(KeyReusedException.class)
        .isThrownBy(() -> charges.execute(KEY, OTHER, this::run))
        .satisfies(e -> assertThat(e.key()).contains(KEY));
  }

  @Test
  void anUnknownKeyIsRunAndAKnownOneReplayed() {
    assertThat(charges.execute(KEY, ONE, this::run))
        .isEqualTo(new Executed<>("run 1", false, true));
    assertThat(charges.execute(KEY, ONE, this::run)).isEqualTo(new Executed<>("run 1", true, true));

    assertThat(charges.stats().executions()).isEqualTo(1);
    assertThat(charges.stats().replays()).isEqualTo(1);
    assertThat(charges.stats().replayRate()).isEqualTo(0.5);
  }

  @Test
  void anOutcomeIsForgottenAfterTheRetention() {
    charges.execute(KEY, ONE, this::run);
    time.advance(Duration.ofHours(24).minus(MOMENT));
    assertThat(charges.execute(KEY, ONE, this::run).replayed()).isTrue();

    time.advance(MOMENT);

    assertThat(charges.execute(KEY, OTHER, this::run).value()).isEqualTo("run 2");
  }

  @Test
  void anotherRequestWithTheKeyIsRefusedInEveryState() {
    Reservation reservation = reservedByAnother();
    assertReused();
    time.advance(RESERVED);
    assertReused();
    memory.complete(reservation, new StoredOutcome(new byte[0]));
    assertReused();

    assertThat(charges.stats().conflicts()).isEqualTo(3);
    assertThat(runs).hasValue(0);
  }

  @Test
  void whoWaitsTooLongIsToldWhenToAskAgain() {
    reservedByAnother();

    assertThatExceptionOfType(InProgressException.class)
        .isThrownBy(() -> charges.execute(KEY, ONE, this::run))
        .satisfies(
            e -> assertThat(e.retryAfter()).isEqualTo(RESERVED.minus(Duration.ofSeconds(5))));

    assertThat(charges.stats().waits()).isEqualTo(1);
    assertThat(charges.stats().inProgress()).isEqualTo(1);
    assertThat(runs).hasValue(0);
  }

  @Test
  void whoMayNotWaitIsToldAtOnce() {
    reservedByAnother();
    Idempotency<String> hasty = builder().waitLimit(Duration.ZERO).build();

    assertThatExceptionOfType(InProgressException.class)
        .isThrownBy(() -> hasty.execute(KEY, ONE, this::run))
        .satisfies(e -> assertThat(e.retryAfter()).isEqualTo(RESERVED));

    assertThat(store.watches()).isZero();
  }

  @Test
  void whoWaitsGetsTheOutcome() {
    Reservation reservation = reservedByAnother();
    store.onAwait(() -> memory.complete(reservation, value("theirs")));

    assertThat(charges.execute(KEY, ONE, this::run))
        .isEqualTo(new Executed<>("theirs", true, true));
    assertThat(runs).hasValue(0);
  }

  @Test
  void whoWaitsForOneWhoReleasesRunsItself() {
    Reservation reservation = reservedByAnother();
    store.onAwait(() -> memory.release(reservation));

    assertThat(charges.execute(KEY, ONE, this::run).value()).isEqualTo("run 1");
  }

  @Test
  void whatEndsBetweenTheLookAndTheWatchIsNotWaitedFor() {
    Reservation reservation = reservedByAnother();
    store.onWatch(() -> memory.complete(reservation, value("theirs")));

    assertThat(charges.execute(KEY, ONE, this::run).value()).isEqualTo("theirs");
    assertThat(store.awaits()).isZero();
  }

  @Test
  void whenTheHolderHasDiedTheNextCallerRunsAndIsToldSo() {
    reservedByAnother();
    time.advance(RESERVED);
    List<Integer> numbers = new ArrayList<>();

    Executed<String> executed =
        charges.execute(
            KEY,
            ONE,
            attempt -> {
              numbers.add(attempt.number());
              return run(attempt);
            });

    assertThat(executed).isEqualTo(new Executed<>("run 1", false, true));
    assertThat(numbers).containsExactly(2);
    assertThat(charges.stats().rerun()).isEqualTo(1);
  }

  @Test
  void whenTheHolderHasDiedNobodyRunsIfSoAsked() {
    reservedByAnother();
    time.advance(RESERVED);
    Idempotency<String> careful = builder().deadHolder(DeadHolderPolicy.REFUSE).build();

    assertThatExceptionOfType(OutcomeUnknownException.class)
        .isThrownBy(() -> careful.execute(KEY, ONE, this::run));

    assertThat(careful.stats().unknown()).isEqualTo(1);
    assertThat(runs).hasValue(0);
  }

  @Test
  void aWaitCanBeInterrupted() {
    reservedByAnother();
    store.onAwait(() -> Thread.currentThread().interrupt());

    assertThatExceptionOfType(IdempotencyInterruptedException.class)
        .isThrownBy(() -> charges.execute(KEY, ONE, this::run))
        .satisfies(e -> assertThat(e.isInAction()).isFalse());

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void anOutcomeThatCannotBeReadIsNotRunAgain() {
    memory.complete(reservedByAnother(), new StoredOutcome(new byte[] {9, 9}));

    assertThatExceptionOfType(UnreadableOutcomeException.class)
        .isThrownBy(() -> charges.execute(KEY, ONE, this::run))
        .withMessage("The stored outcome of acme/charge/42 cannot be read: version 9 is not known");
    assertThat(runs).hasValue(0);
  }

  @Test
  @SuppressWarnings("NullAway") // on purpose
  void aMissingActionReservesNothing() {
    assertThatNullPointerException().isThrownBy(() -> charges.execute(KEY, ONE, null));

    assertThat(charges.execute(KEY, ONE, this::run).value()).isEqualTo("run 1");
  }

  @Test
  void aStoreThatCannotReserveRunsNothing() {
    store.failNext("reserve");

    assertThatExceptionOfType(IdempotencyStoreException.class)
        .isThrownBy(() -> charges.execute(KEY, ONE, this::run));

    assertThat(runs).hasValue(0);
  }

  @Test
  void expiredRecordsArePurgedInTheBackground() {
    charges.execute(KEY, ONE, this::run);
    time.advance(Duration.ofHours(24));
    assertThat(memory.size()).isEqualTo(1);

    scheduler.advance(Duration.ofMinutes(10));

    assertThat(memory.size()).isZero();
    assertThat(charges.stats().purged()).isEqualTo(1);
    assertThat(scheduler.waiting()).as("the next purge").isEqualTo(1);
    charges.close();
    assertThat(scheduler.waiting()).isZero();
  }

  @Test
  void ofTwoHundredThreadsOneRunsAndAllGetTheSame() throws Exception {
    int many = 200;
    ExecutorService threads = Executors.newFixedThreadPool(many);
    CountDownLatch start = new CountDownLatch(1);
    try (Idempotency<String> real =
        Idempotency.builder(new InMemoryIdempotencyStore(), StringCodec.utf8()).build()) {
      List<Future<Executed<String>>> calls = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        calls.add(
            threads.submit(
                () -> {
                  start.await();
                  return real.execute(KEY, ONE, this::run);
                }));
      }
      start.countDown();
      List<Executed<String>> answers = new ArrayList<>();
      for (Future<Executed<String>> call : calls) {
        answers.add(call.get());
      }

      assertThat(answers).extracting(Executed::value).containsOnly("run 1").hasSize(many);
      assertThat(answers).filteredOn(answer -> !answer.replayed()).hasSize(1);
      assertThat(runs).hasValue(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void optionsThatMakeNoSenseAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().reservationTime(Duration.ZERO))
        .withMessage("reservationTime must be from PT0.01S to PT87600H: PT0S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().maximumOutcomeBytes(1))
        .withMessage("maximumOutcomeBytes must be from 2048 to 1073741824: 1");
    assertThatIllegalStateException()
        .isThrownBy(() -> builder().retention(Duration.ofSeconds(59)).build())
        .withMessage("retention PT59S must be at least twice reservationTime PT30S");
    assertThat(builder().retention(Duration.ofMinutes(1)).build()).isNotNull();
  }
}
