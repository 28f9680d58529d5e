package dev.corral.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Outcomes and releases that the store does not take at once. */
@Timeout(60)
class LateEndingsTest extends IdempotencyScene {

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
  void anOutcomeIsGivenAndStoredLaterWhateverAStoreThrows() {
    store.throwNext("complete", new IllegalStateException("pool closed"));

    assertThat(charges.execute(KEY, ONE, this::run))
        .isEqualTo(new Executed<>("run 1", false, false));
    store.throwNext("complete", new IllegalStateException("pool closed"));
    advance(Duration.ofSeconds(1));
    advance(Duration.ofSeconds(1));

    assertThat(charges.execute(KEY, ONE, this::run)).isEqualTo(new Executed<>("run 1", true, true));
  }

  /** Lets what can be ended at once be ended: each is a task of its own. */
  private void settle(int tasks) {
    for (int i = 0; i < tasks; i++) {
      scheduler.advance(Duration.ZERO);
    }
  }

  private void failAfterRunning(int many) {
    for (int i = 0; i < many; i++) {
      IdempotencyKey key = IdempotencyKey.of("acme", "charge", "late " + i);
      store.failNext("complete");
      assertThat(charges.execute(key, ONE, this::run).stored()).isFalse();
    }
  }

  @Test
  void anOutcomeOutlastsAnyOutageThatIsShorterThanItsRetention() {
    failAfterRunning(1);
    store.away(true);
    for (int i = 0; i < 10_000; i++) {
      advance(Duration.ofSeconds(1));
    }

    store.away(false);
    advance(Duration.ofSeconds(1));

    assertThat(memory.size()).isEqualTo(1);
    assertThat(charges.execute(IdempotencyKey.of("acme", "charge", "late 0"), ONE, this::run))
        .isEqualTo(new Executed<>("run 1", true, true));
  }

  @Test
  void aStoreThatIsAwayCostsOneStepAPauseHoweverMuchWaits() {
    failAfterRunning(500);
    store.away(true);
    int before = store.tried("complete");

    advance(Duration.ofSeconds(1));
    advance(Duration.ofSeconds(1));
    assertThat(store.tried("complete") - before).isEqualTo(2);

    store.away(false);
    advance(Duration.ofSeconds(1));
    settle(500);
    assertThat(store.tried("complete") - before).isEqualTo(502);
    assertThat(charges.execute(IdempotencyKey.of("acme", "charge", "late 7"), ONE, this::run))
        .matches(Executed::replayed);
  }

  @Test
  void whatTheStoreRefusesForItsOwnSakeHoldsUpNothingElse() {
    failAfterRunning(2);
    store.failNext("complete");

    advance(Duration.ofSeconds(1));
    advance(Duration.ofSeconds(1));
    settle(2);

    for (String name : List.of("late 0", "late 1")) {
      assertThat(charges.execute(IdempotencyKey.of("acme", "charge", name), ONE, this::run))
          .matches(Executed::replayed);
    }
  }

  @Test
  void afterItsRetentionAnOutcomeIsGivenUp() {
    Idempotency<String> brief = builder().retention(Duration.ofMinutes(1)).build();
    store.failNext("complete");
    brief.execute(KEY, ONE, this::run);
    store.away(true);

    time.advance(Duration.ofMinutes(1));
    scheduler.advance(Duration.ofSeconds(1));
    store.away(false);
    int before = store.tried("complete");
    scheduler.advance(Duration.ofSeconds(1));

    assertThat(store.tried("complete")).isEqualTo(before);
  }

  @Test
  void callsThatCannotReserveLeaveABoundedNumberOfReleases() {
    store.away(true);
    for (int i = 0; i < LateEndings.MOST_RELEASES + 5; i++) {
      assertThatExceptionOfType(IdempotencyStoreException.class)
          .isThrownBy(() -> charges.execute(KEY, ONE, this::run));
    }
    store.away(false);

    advance(Duration.ofSeconds(1));
    settle(LateEndings.MOST_RELEASES + 5);

    assertThat(store.tried("release")).isEqualTo(LateEndings.MOST_RELEASES);
  }

  @Test
  void outcomesGoBeforeReleases() {
    store.away(true);
    for (int i = 0; i < 100; i++) {
      assertThatExceptionOfType(IdempotencyStoreException.class)
          .isThrownBy(() -> charges.execute(KEY, ONE, this::run));
    }
    store.away(false);
    failAfterRunning(1);

    advance(Duration.ofSeconds(1));

    assertThat(charges.execute(IdempotencyKey.of("acme", "charge", "late 0"), ONE, this::run))
        .matches(Executed::replayed);
    assertThat(store.tried("release")).isZero();
  }

  @Test
  void anErrorDoesNotEndTheLine() {
    failAfterRunning(2);
    store.throwNext("complete", new StackOverflowError());

    scheduler.advance(Duration.ofSeconds(1));
    advance(Duration.ofSeconds(1));
    settle(2);

    for (String name : List.of("late 0", "late 1")) {
      assertThat(charges.execute(IdempotencyKey.of("acme", "charge", name), ONE, this::run))
          .matches(Executed::replayed);
    }
  }

  @Test
  void anOutcomeThatCameTooLateIsCounted() {
    store.failNext("complete");
    charges.execute(KEY, ONE, this::run);
    time.advance(RESERVED);
    charges.execute(KEY, ONE, this::run);

    scheduler.advance(Duration.ofSeconds(1));

    assertThat(charges.stats().lost()).isEqualTo(1);
  }

  @Test
  void closingTriesForTheLastTime() {
    failAfterRunning(2);

    charges.close();

    assertThat(
            builder()
                .build()
                .execute(IdempotencyKey.of("acme", "charge", "late 1"), ONE, this::run))
        .isEqualTo(new Executed<>("run 2", true, true));
  }

  @Test
  void closingWaitsForOneStepOfAStoreThatIsAway() {
    failAfterRunning(3);
    store.away(true);
    int before = store.tried("complete");

    charges.close();

    assertThat(store.tried("complete") - before).isEqualTo(1);
  }

  @Test
  void afterClosingTheStoreIsLeftAlone() {
    failAfterRunning(3);
    store.away(true);
    charges.close();
    store.away(false);
    int before = store.tried("complete");

    advance(Duration.ofSeconds(1));
    settle(3);

    assertThat(store.tried("complete")).isEqualTo(before);
  }
}
