package dev.corral.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How reservations are kept while actions run, and what becomes of those who lose theirs. */
@Timeout(60)
class ReservationRenewalTest extends IdempotencyScene {

  /** That of another process. */
  private final Idempotency<String> elsewhere = builder().build();

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
    assertThat(scheduler.waiting()).as("the purges alone are left").isEqualTo(2);
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
                      assertThat(elsewhere.execute(KEY, ONE, this::run).value()).isEqualTo("run 1");
                      return "from before the pause";
                    }));

    assertThat(charges.execute(KEY, ONE, this::run)).isEqualTo(new Executed<>("run 1", true, true));
    assertThat(charges.stats().lost()).isEqualTo(1);
  }

  @Test
  void whoseReservationExpiredBeforeItsActionBeganDoesNotRunIt() {
    store.afterNext(
        "reserve",
        () -> {
          time.advance(RESERVED);
          assertThat(elsewhere.execute(KEY, ONE, this::run).value()).isEqualTo("run 1");
        });

    assertThat(charges.execute(KEY, ONE, this::run)).isEqualTo(new Executed<>("run 1", true, true));
    assertThat(runs).hasValue(1);
  }

  @Test
  void aReservationThatNobodyTookIsRenewedBeforeItsActionBegins() {
    store.afterNext("reserve", () -> time.advance(RESERVED));

    charges.execute(
        KEY,
        ONE,
        attempt -> {
          assertThat(store.renewals()).isEqualTo(1);
          assertThat(memory.reserve(another())).isEqualTo(new ReserveAnswer.InProgress(RESERVED));
          return run(attempt);
        });

    assertThat(runs).hasValue(1);
  }

  @Test
  void theFirstRenewalComesAThirdAfterTheReservationWasAskedFor() {
    store.afterNext("reserve", () -> time.advance(Duration.ofSeconds(4)));

    charges.execute(
        KEY,
        ONE,
        attempt -> {
          advance(Duration.ofSeconds(6).minus(MOMENT));
          assertThat(store.renewals()).isZero();
          advance(MOMENT);
          assertThat(store.renewals()).isEqualTo(1);
          return run(attempt);
        });
  }

  @Test
  void aStoreThatIsSlowerThanAReservationLastsRunsNothing() {
    store.afterNext("reserve", () -> time.advance(RESERVED));
    store.afterNext("renew", () -> time.advance(RESERVED));

    assertThatExceptionOfType(IdempotencyStoreException.class)
        .isThrownBy(() -> charges.execute(KEY, ONE, this::run))
        .withMessageContaining("acme/charge/42");

    assertThat(runs).hasValue(0);
    advance(Duration.ofSeconds(1));
    assertThat(memory.size()).as("it was given back").isZero();
  }

  @Test
  void aReservationThatIsNotConfirmedBeforeItsActionBeginsRunsNothing() {
    store.afterNext("reserve", () -> time.advance(RESERVED));
    store.failNext("renew");

    assertThatExceptionOfType(IdempotencyStoreException.class)
        .isThrownBy(() -> charges.execute(KEY, ONE, this::run));

    assertThat(runs).hasValue(0);
    advance(Duration.ofSeconds(1));
    assertThat(memory.size()).as("it was given back").isZero();
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
                      elsewhere.execute(KEY, ONE, this::run);
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
                      elsewhere.execute(KEY, ONE, this::run);
                      return fail("late");
                    }));

    assertThat(charges.execute(KEY, ONE, this::run).value()).isEqualTo("run 1");
  }
}
