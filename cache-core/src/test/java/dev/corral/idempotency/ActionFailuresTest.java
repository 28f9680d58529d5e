package dev.corral.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of actions that fail. */
@Timeout(60)
class ActionFailuresTest extends IdempotencyScene {

  @Test
  void aFailureIsAnOutcome() {
    assertThatExceptionOfType(ActionFailedException.class)
        .isThrownBy(() -> charges.execute(KEY, ONE, attempt -> fail("declined")))
        .satisfies(
            e -> {
              assertThat(e.isReplayed()).isFalse();
              assertThat(e.isRetryable()).isFalse();
              assertThat(e.isStored()).isTrue();
              assertThat(e.getCause()).isInstanceOf(IOException.class).hasMessage("declined");
            });
    assertThatExceptionOfType(ActionFailedException.class)
        .isThrownBy(() -> charges.execute(KEY, ONE, this::run))
        .satisfies(
            e -> {
              assertThat(e.isReplayed()).isTrue();
              assertThat(e.isStored()).isTrue();
              assertThat(e.failureType()).isEqualTo("java.io.IOException");
              assertThat(e.failureMessage()).isEqualTo("declined");
            });

    assertThat(runs).hasValue(0);
    assertThat(charges.stats().failures()).isEqualTo(1);
  }

  @Test
  void aRetryableFailureFreesTheKey() {
    Idempotency<String> retrying = builder().retryOn(IOException.class).build();

    assertThatExceptionOfType(ActionFailedException.class)
        .isThrownBy(() -> retrying.execute(KEY, ONE, attempt -> fail("busy")))
        .satisfies(
            e -> {
              assertThat(e.isRetryable()).isTrue();
              assertThat(e.isStored()).isFalse();
            });

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
  void aFailureThatTheStoreDidNotTakeIsNotStoredYet() {
    store.failNext("complete");

    assertThatExceptionOfType(ActionFailedException.class)
        .isThrownBy(() -> charges.execute(KEY, ONE, attempt -> fail("declined")))
        .satisfies(e -> assertThat(e.isStored()).isFalse());
  }

  @Test
  void anActionThatCouldNotConfirmIsRunAgainHoweverItSaysSo() {
    assertThatExceptionOfType(IdempotencyStoreException.class)
        .isThrownBy(
            () ->
                charges.execute(
                    KEY,
                    ONE,
                    attempt -> {
                      store.failNext("renew");
                      try {
                        attempt.confirm();
                      } catch (IdempotencyStoreException e) {
                        throw new IOException("not confirmed", e);
                      }
                      return run(attempt);
                    }))
        .withMessage("renew failed");

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
}
