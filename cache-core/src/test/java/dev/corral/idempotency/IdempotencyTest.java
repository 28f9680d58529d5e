package dev.corral.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.corral.HandScheduler;
import dev.corral.codec.StringCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The state table of docs/idempotency.md, and what becomes of failures. */
@Timeout(60)
class IdempotencyTest {

  private static final IdempotencyKey KEY = IdempotencyKey.of("acme", "charge", "42");
  private static final Fingerprint ONE = Fingerprint.of("one");
  private static final Fingerprint OTHER = Fingerprint.of("other");
  private static final Duration RESERVED = Duration.ofSeconds(30);
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final HandTime time = new HandTime();
  private final HandScheduler scheduler = new HandScheduler();
  private final InMemoryIdempotencyStore memory = new InMemoryIdempotencyStore(time);
  private final FaultyStore store = new FaultyStore(memory, time);
  private final AtomicInteger runs = new AtomicInteger();

  private IdempotencyBuilder<String> builder() {
    return Idempotency.builder(store, StringCodec.utf8()).scheduler(scheduler).ticker(time);
  }

  private final Idempotency<String> charges = builder().build();

  private String run(Attempt<String> attempt) {
    return "run " + runs.incrementAndGet();
  }

  private void advance(Duration passed) {
    time.advance(passed);
    scheduler.advance(passed);
  }

  /** Reserves the key as another process does, which then dies or goes on. */
  private Reservation reservedByAnother() {
    ReserveRequest request =
        new ReserveRequest(
            KEY,
            ONE,
            UUID.randomUUID(),
            RESERVED,
            Duration.ofHours(24),
            DeadHolderPolicy.RUN_AGAIN);
    return IdempotencyStoreContract.reserved(memory.reserve(request));
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

  private void assertReused() {
    assertThatExceptionOfType(KeyReusedException.class)
        .isThrownBy(() -> charges.execute(KEY, OTHER, this::run))
        .satisfies(e -> assertThat(e.key()).contains(KEY));
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

  private static StoredOutcome value(String text) {
    return new StoredOutcome(
        OutcomeFormat.value(StringCodec.utf8().name().getBytes(UTF_8), text.getBytes(UTF_8)));
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
  void aFailureIsAnOutcome() {
    assertThatExceptionOfType(ActionFailedException.class)
        .isThrownBy(() -> charges.execute(KEY, ONE, attempt -> fail("declined")))
        .satisfies(
            e -> {
              assertThat(e.isReplayed()).isFalse();
              assertThat(e.isRetryable()).isFalse();
              assertThat(e.getCause()).isInstanceOf(IOException.class).hasMessage("declined");
            });
    assertThatExceptionOfType(ActionFailedException.class)
        .isThrownBy(() -> charges.execute(KEY, ONE, this::run))
        .satisfies(
            e -> {
              assertThat(e.isReplayed()).isTrue();
              assertThat(e.failureType()).isEqualTo("java.io.IOException");
              assertThat(e.failureMessage()).isEqualTo("declined");
            });

    assertThat(runs).hasValue(0);
    assertThat(charges.stats().failures()).isEqualTo(1);
  }

  private static String fail(String message) throws IOException {
    throw new IOException(message);
  }

  @Test
  void aRetryableFailureFreesTheKey() {
    Idempotency<String> retrying = builder().retryOn(IOException.class).build();

    assertThatExceptionOfType(ActionFailedException.class)
        .isThrownBy(() -> retrying.execute(KEY, ONE, attempt -> fail("busy")))
        .satisfies(e -> assertThat(e.isRetryable()).isTrue());

    assertThat(retrying.execute(KEY, OTHER, this::run))
        .isEqualTo(new Executed<>("run 1", false, true));
    assertThat(retrying.stats().released()).isEqualTo(1);
  }

  @Test
  void anErrorIsNoOutcomeAndLeavesTheReservationToExpire() {
    assertThatExceptionOfType(StackOverflowError.class)
        .isThrownBy(
            () ->
                charges.execute(
                    KEY,
                    ONE,
                    attempt -> {
                      throw new StackOverflowError();
                    }));

    assertThat(scheduler.waiting()).as("the purge alone is left").isEqualTo(1);
    assertThatExceptionOfType(InProgressException.class)
        .isThrownBy(() -> charges.execute(KEY, ONE, this::run));
    time.advance(RESERVED);
    assertThat(charges.execute(KEY, ONE, this::run).value()).isEqualTo("run 1");
  }

  @Test
  void anInterruptIsNoOutcomeEither() {
    assertThatExceptionOfType(IdempotencyInterruptedException.class)
        .isThrownBy(
            () ->
                charges.execute(
                    KEY,
                    ONE,
                    attempt -> {
                      throw new InterruptedException();
                    }))
        .satisfies(e -> assertThat(e.isInAction()).isTrue());

    assertThat(Thread.interrupted()).isTrue();
    time.advance(RESERVED);
    assertThat(charges.execute(KEY, ONE, this::run).value()).isEqualTo("run 1");
  }

  /** Most of what an interrupt ends throws something of its own. */
  @Test
  void whatAnInterruptedThreadThrowsIsNoOutcome() {
    assertThatExceptionOfType(IdempotencyInterruptedException.class)
        .isThrownBy(
            () ->
                charges.execute(
                    KEY,
                    ONE,
                    attempt -> {
                      Thread.currentThread().interrupt();
                      return fail("channel closed");
                    }))
        .satisfies(e -> assertThat(e.getCause()).isInstanceOf(IOException.class));

    assertThat(Thread.interrupted()).isTrue();
    time.advance(RESERVED);
    assertThat(charges.execute(KEY, ONE, this::run).value()).isEqualTo("run 1");
  }

  /** An action may do something else once; losing that is its own failure, not its own loss. */
  @Test
  void theReservationOfAnotherKeyIsAnotherMatter() {
    IdempotencyKey inner = IdempotencyKey.of("acme", "mail", "42");

    assertThatExceptionOfType(ActionFailedException.class)
        .isThrownBy(
            () ->
                charges.execute(
                    KEY,
                    ONE,
                    attempt -> {
                      throw new ReservationLostException(inner);
                    }));

    assertThat(charges.stats().lost()).isZero();
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
  void nullIsAFailureThatIsStored() {
    @SuppressWarnings("NullAway") // that is the point
    Action<String> nothing = attempt -> null;

    for (int i = 0; i < 2; i++) {
      assertThatExceptionOfType(ActionFailedException.class)
          .isThrownBy(() -> charges.execute(KEY, ONE, nothing))
          .satisfies(
              e -> assertThat(e.failureMessage()).isEqualTo("An action must not return null"));
    }
    assertThat(charges.stats().executions()).isEqualTo(1);
  }

  @Test
  void aValueThatIsTooLargeIsNotRunAgain() {
    Idempotency<String> small = builder().maximumOutcomeBytes(2_048).build();

    for (int i = 0; i < 2; i++) {
      assertThatExceptionOfType(ActionFailedException.class)
          .isThrownBy(() -> small.execute(KEY, ONE, attempt -> run(attempt) + "x".repeat(3_000)))
          .satisfies(e -> assertThat(e.failureMessage()).contains("maximumOutcomeBytes 2048: 30"));
    }
    assertThat(runs).hasValue(1);
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
  void aReservationIsRenewedWhileItsActionRuns() {
    Executed<String> executed =
        charges.execute(
            KEY,
            ONE,
            attempt -> {
              for (int i = 0; i < 10; i++) {
                advance(Duration.ofSeconds(10));
                assertThat(attempt.isLost()).isFalse();
              }
              assertThat(memory.reserve(another())).isInstanceOf(ReserveAnswer.InProgress.class);
              return run(attempt);
            });

    assertThat(executed.stored()).isTrue();
    assertThat(store.renewals()).isEqualTo(10);
    assertThat(scheduler.waiting()).as("the purge alone is left").isEqualTo(1);
  }

  private static ReserveRequest another() {
    return new ReserveRequest(
        KEY, ONE, UUID.randomUUID(), RESERVED, Duration.ofHours(24), DeadHolderPolicy.RUN_AGAIN);
  }

  @Test
  void oneLostRenewalDoesNotEndTheNext() {
    charges.execute(
        KEY,
        ONE,
        attempt -> {
          store.failNext("renew");
          advance(Duration.ofSeconds(10));
          advance(Duration.ofSeconds(10));
          return run(attempt);
        });

    assertThat(store.renewals()).isEqualTo(1);
  }

  @Test
  void aStoreThatIsAwayForTenSecondsDoesNotEndAReservation() {
    charges.execute(
        KEY,
        ONE,
        attempt -> {
          store.failNext(Collections.nCopies(10, "renew").toArray(String[]::new));
          for (int i = 0; i < 29; i++) {
            advance(Duration.ofSeconds(1));
          }
          return run(attempt);
        });

    assertThat(store.renewals()).isEqualTo(1);
  }

  @Test
  void renewalsGoOnWhateverAStoreThrows() {
    charges.execute(
        KEY,
        ONE,
        attempt -> {
          store.throwNext("renew", new IllegalStateException("pool closed"));
          advance(Duration.ofSeconds(10));
          advance(Duration.ofSeconds(1));
          return run(attempt);
        });

    assertThat(store.renewals()).isEqualTo(1);
  }

  @Test
  void anOutcomeIsGivenAndStoredLaterWhateverAStoreThrows() {
    store.throwNext("complete", new IllegalStateException("pool closed"));

    assertThat(charges.execute(KEY, ONE, this::run))
        .isEqualTo(new Executed<>("run 1", false, false));
    store.throwNext("complete", new IllegalStateException("pool closed"));
    advance(Duration.ofSeconds(1));
    advance(Duration.ofSeconds(1));

    assertThat(charges.execute(KEY, ONE, this::run)).isEqualTo(new Executed<>("run 1", true, true));
  }

  @Test
  void aFailureIsStoredIfItCannotBeToldWhetherItIsRetryable() {
    Idempotency<String> odd =
        builder()
            .retryWhen(
                e -> {
                  throw new IllegalStateException("odd");
                })
            .build();
    for (int i = 0; i < 2; i++) {
      assertThatExceptionOfType(ActionFailedException.class)
          .isThrownBy(
              () ->
                  odd.execute(
                      KEY,
                      ONE,
                      attempt -> {
                        runs.incrementAndGet();
                        throw new IOException("no");
                      }));
    }
    assertThat(runs).hasValue(1);
  }

  @Test
  @SuppressWarnings("NullAway") // on purpose
  void aMissingActionReservesNothing() {
    assertThatNullPointerException().isThrownBy(() -> charges.execute(KEY, ONE, null));

    assertThat(charges.execute(KEY, ONE, this::run).value()).isEqualTo("run 1");
  }

  @Test
  void anActionThatCouldNotConfirmIsRunAgain() {
    assertThatExceptionOfType(IdempotencyStoreException.class)
        .isThrownBy(
            () ->
                charges.execute(
                    KEY,
                    ONE,
                    attempt -> {
                      store.failNext("renew");
                      attempt.confirm();
                      return run(attempt);
                    }));

    assertThat(charges.execute(KEY, ONE, this::run))
        .isEqualTo(new Executed<>("run 1", false, true));
  }

  @Test
  void anActionWhoseTransactionIsInDoubtHasNoKnownOutcome() {
    assertThatExceptionOfType(OutcomeUnknownException.class)
        .isThrownBy(
            () ->
                charges.execute(
                    KEY,
                    ONE,
                    attempt -> {
                      attempt.outcome("one").writing();
                      store.failNext("complete");
                      throw new IOException("commit in doubt");
                    }))
        .withCauseInstanceOf(IOException.class);
  }

  @Test
  void anActionThatHangsIsNotRenewedForEver() {
    Idempotency<String> strict = builder().longestAction(Duration.ofMinutes(1)).build();

    assertThatExceptionOfType(ReservationLostException.class)
        .isThrownBy(
            () ->
                strict.execute(
                    KEY,
                    ONE,
                    attempt -> {
                      for (int i = 0; i < 10; i++) {
                        advance(Duration.ofSeconds(10));
                      }
                      assertThat(charges.execute(KEY, ONE, this::run).value()).isEqualTo("run 1");
                      return "too late";
                    }));
  }

  /** A paused process: nothing renews while it stands still, and then it goes on. */
  @Test
  void whoWasPausedForTooLongCannotOverwriteAndIsTold() {
    assertThatExceptionOfType(ReservationLostException.class)
        .isThrownBy(
            () ->
                charges.execute(
                    KEY,
                    ONE,
                    attempt -> {
                      time.advance(RESERVED);
                      assertThat(charges.execute(KEY, ONE, this::run).value()).isEqualTo("run 1");
                      return "from before the pause";
                    }));

    assertThat(charges.execute(KEY, ONE, this::run)).isEqualTo(new Executed<>("run 1", true, true));
    assertThat(charges.stats().lost()).isEqualTo(1);
  }

  @Test
  void whoConfirmsBeforeTheEffectDoesNotTakeItAfterAPause() {
    List<String> effects = new ArrayList<>();

    assertThatExceptionOfType(ReservationLostException.class)
        .isThrownBy(
            () ->
                charges.execute(
                    KEY,
                    ONE,
                    attempt -> {
                      attempt.confirm();
                      time.advance(RESERVED);
                      charges.execute(KEY, ONE, this::run);
                      attempt.confirm();
                      effects.add("second");
                      return "never";
                    }));

    assertThat(effects).isEmpty();
  }

  @Test
  void aFailureAfterALostReservationIsNotStoredEither() {
    assertThatExceptionOfType(ReservationLostException.class)
        .isThrownBy(
            () ->
                charges.execute(
                    KEY,
                    ONE,
                    attempt -> {
                      time.advance(RESERVED);
                      charges.execute(KEY, ONE, this::run);
                      return fail("late");
                    }));

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
  void aReservationWhoseAnswerWasLostIsGivenBack() {
    store.loseNext("reserve");
    assertThatExceptionOfType(IdempotencyStoreException.class)
        .isThrownBy(() -> charges.execute(KEY, ONE, this::run));
    assertThat(memory.size()).isEqualTo(1);

    scheduler.advance(Duration.ofSeconds(1));

    assertThat(memory.size()).isZero();
  }

  @Test
  void anOutcomeThatTheStoreDidNotTakeIsGivenToTheCallerAndStoredLater() {
    store.failNext("complete", "complete");

    assertThat(charges.execute(KEY, ONE, this::run))
        .isEqualTo(new Executed<>("run 1", false, false));
    assertThat(charges.stats().unstored()).isEqualTo(1);
    scheduler.advance(Duration.ofSeconds(1));
    scheduler.advance(Duration.ofSeconds(1));

    assertThat(charges.execute(KEY, ONE, this::run)).isEqualTo(new Executed<>("run 1", true, true));
  }

  @Test
  void aLateOutcomeDoesNotOverwriteThatOfTheNextHolder() {
    store.failNext("complete");
    charges.execute(KEY, ONE, this::run);
    time.advance(RESERVED);
    charges.execute(KEY, ONE, this::run);

    scheduler.advance(Duration.ofSeconds(1));

    assertThat(charges.execute(KEY, ONE, this::run).value()).isEqualTo("run 2");
  }

  @Test
  void anOutcomeWhoseStoringWasNotConfirmedIsStoredOnce() {
    store.loseNext("complete");

    assertThat(charges.execute(KEY, ONE, this::run).stored()).isFalse();
    scheduler.advance(Duration.ofSeconds(1));

    assertThat(charges.execute(KEY, ONE, this::run).value()).isEqualTo("run 1");
  }

  @Test
  void aReleaseThatTheStoreDidNotTakeIsMadeLater() {
    Idempotency<String> retrying = builder().retryOn(IOException.class).build();
    store.failNext("release");
    assertThatExceptionOfType(ActionFailedException.class)
        .isThrownBy(() -> retrying.execute(KEY, ONE, attempt -> fail("busy")));

    scheduler.advance(Duration.ofSeconds(1));

    assertThat(memory.size()).isZero();
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
        .isThrownBy(() -> builder().retention(Duration.ofSeconds(1)).build())
        .withMessage("retention PT1S must not be shorter than reservationTime PT30S");
  }
}
