package dev.corral.remote;

import static dev.corral.remote.TwoNodes.backingOff;
import static dev.corral.remote.TwoNodes.bytes;
import static dev.corral.remote.TwoNodes.refreshable;
import static dev.corral.remote.TwoNodes.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The contract of failed loads. */
interface FailureContract extends TwoNodes {

  /** A back-off of 50 ms, 100 ms, and then 150 ms. */
  FailureBackoff GROWING = new FailureBackoff(Duration.ofMillis(50), Duration.ofMillis(150), 1);

  /** A back-off during which no test ends. */
  FailureBackoff LASTING = new FailureBackoff(LONG, LONG, 1);

  @Test
  default void afterAFailureEveryNodeIsToldToBackOff() {
    Lease lease = lead(here(), "key");

    Optional<Duration> window = here().fail(lease, failure("why"), LASTING);

    assertThat(window).contains(LONG);
    for (RemoteRegion region : new RemoteRegion[] {here(), there()}) {
      Lookup.BackingOff answer = backingOff(region.lookUp("key", LONG));
      assertThat(answer.failure().bytes()).isEqualTo(bytes("why"));
      assertThat(answer.left()).isPositive().isLessThanOrEqualTo(LONG);
    }
  }

  @Test
  default void whenTheBackOffIsOverTheNextAskerMayTry() {
    Lease lease = lead(here(), "key");
    Duration window = here().fail(lease, failure("why"), GROWING).orElseThrow();

    outlast(window);

    lead(there(), "key");
  }

  @Test
  default void thoseWhoWaitAreToldTheFailure() throws InterruptedException {
    Lease lease = lead(here(), "key");
    awaitOutcome(there(), "key");

    here().fail(lease, failure("why"), LASTING);

    RecordedEvents.Ended told = toldThere().nextEnded();
    assertThat(told.key()).isEqualTo("key");
    assertThat(told.outcome()).isInstanceOf(LoadOutcome.Failed.class);
    LoadOutcome.Failed failed = (LoadOutcome.Failed) told.outcome();
    assertThat(failed.token()).isEqualTo(lease.token());
    assertThat(failed.failure().bytes()).isEqualTo(bytes("why"));
    assertThat(failed.left()).isPositive().isLessThanOrEqualTo(LONG);
  }

  @Test
  default void aFailureMayBeAnyBytes() {
    Lease lease = lead(here(), "key");
    byte[] bytes = {0, -1, 13, 10, 127, -128};

    here().fail(lease, new StoredFailure(bytes), LASTING);

    assertThat(backingOff(there().lookUp("key", LONG)).failure().bytes()).isEqualTo(bytes);
  }

  @Test
  default void aFailureMayBeEmpty() {
    Lease lease = lead(here(), "key");

    here().fail(lease, failure(""), LASTING);

    assertThat(backingOff(there().lookUp("key", LONG)).failure().bytes()).isEmpty();
  }

  @Test
  default void theWindowDoublesWithEachFailureUpToTheCap() {
    for (int millis : new int[] {50, 100, 150, 150}) {
      assertThat(failOnce("key", GROWING)).isEqualTo(Duration.ofMillis(millis));
    }
  }

  @Test
  default void failuresAreCountedOverAllNodes() {
    failOnce("key", GROWING);
    Lease lease = lead(there(), "key");

    assertThat(there().fail(lease, failure("why"), GROWING)).contains(Duration.ofMillis(100));
  }

  @Test
  default void failuresAreCountedKeyByKey() {
    failOnce("key", GROWING);

    assertThat(failOnce("other", GROWING)).isEqualTo(Duration.ofMillis(50));
  }

  @Test
  default void aFractionOfTheWindowIsTaken() {
    var half = new FailureBackoff(Duration.ofMillis(100), Duration.ofMillis(1000), 0.5);

    assertThat(failOnce("key", half)).isEqualTo(Duration.ofMillis(50));
    assertThat(failOnce("key", half)).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  default void theWindowIsNeverShorterThanAMillisecond() {
    var tiny = new FailureBackoff(Duration.ofMillis(1), Duration.ofMillis(1), 0.001);

    assertThat(failOnce("key", tiny)).isEqualTo(Duration.ofMillis(1));
  }

  @Test
  default void theWindowKeepsToTheCapHoweverOftenTheKeyFails() {
    var brief = new FailureBackoff(Duration.ofMillis(1), Duration.ofMillis(2), 1);
    failOnce("key", brief);

    for (int i = 0; i < 70; i++) {
      assertThat(failOnce("key", brief)).isEqualTo(Duration.ofMillis(2));
    }
  }

  @Test
  default void aPublishedValueStartsTheCountAgain() {
    failOnce("key", GROWING);
    failOnce("key", GROWING);
    load(here(), "key", "value");
    here().invalidate("key");

    assertThat(failOnce("key", GROWING)).isEqualTo(Duration.ofMillis(50));
  }

  @Test
  default void aDeliveredValueStartsTheCountAgain() {
    failOnce("key", GROWING);
    here().deliver(lead(here(), "key"), bytes("value"));

    assertThat(failOnce("key", GROWING)).isEqualTo(Duration.ofMillis(50));
  }

  @Test
  default void aFailedRefreshLeavesTheValueAndTellsToBackOff() {
    load(here(), "key", "value");
    Lease right = leadRefresh(here(), "key");

    assertThat(here().fail(right, failure("why"), LASTING)).contains(LONG);

    Lookup.Refreshable answer = refreshable(there().lookUpToRefresh("key", LONG));
    assertThat(text(answer.value())).isEqualTo("value");
    Lookup.BackingOff right2 = backingOff(answer.right());
    assertThat(right2.failure().bytes()).isEqualTo(bytes("why"));
    assertThat(right2.left()).isPositive().isLessThanOrEqualTo(LONG);
    assertThat(text(find(there(), "key"))).isEqualTo("value");
  }

  @Test
  default void thoseWhoWaitForARefreshAreToldTheFailure() throws InterruptedException {
    load(here(), "key", "value");
    Lease right = leadRefresh(here(), "key");
    awaitRefresh(there(), "key");

    here().fail(right, failure("why"), LASTING);

    LoadOutcome outcome = toldThere().nextEnded().outcome();
    assertThat(outcome).isInstanceOf(LoadOutcome.Failed.class);
    assertThat(outcome.token()).isEqualTo(right.token());
  }

  @Test
  default void whenARefreshHasBackedOffTheNextMayTry() {
    load(here(), "key", "value");
    Duration window = failRefreshOnce("key", GROWING);

    outlast(window);

    leadRefresh(there(), "key");
  }

  @Test
  default void theWindowGrowsWithEachFailedRefresh() {
    load(here(), "key", "value");

    for (int millis : new int[] {50, 100, 150}) {
      assertThat(failRefreshOnce("key", GROWING)).isEqualTo(Duration.ofMillis(millis));
    }
  }

  @Test
  default void aPublishedRefreshStartsTheCountAgain() {
    load(here(), "key", "old");
    failRefreshOnce("key", GROWING);
    publish(here(), leadRefresh(here(), "key"), "new");

    assertThat(failRefreshOnce("key", GROWING)).isEqualTo(Duration.ofMillis(50));
  }

  @Test
  default void anExtendedValueStartsTheCountAgain() {
    load(here(), "key", "value");
    failRefreshOnce("key", GROWING);
    here().extend(leadRefresh(here(), "key"), LONG);

    assertThat(failRefreshOnce("key", GROWING)).isEqualTo(Duration.ofMillis(50));
  }

  @Test
  default void anInvalidationTakesTheFailureAlong() {
    Lease lease = lead(here(), "key");
    here().fail(lease, failure("why"), LASTING);

    there().invalidate("key");

    lead(here(), "key");
  }

  @Test
  default void aLostLeaseCannotFail() {
    Lease lost = lead(here(), "key", SHORT);
    outlast(SHORT);

    assertThat(here().fail(lost, failure("late"), LASTING)).isEmpty();
    lead(there(), "key");
    assertThat(here().fail(lost, failure("late"), LASTING)).isEmpty();
    assertThat(here().lookUp("key", LONG)).isInstanceOf(Lookup.Taken.class);
  }

  @Test
  default void aLostRightCannotFail() {
    load(here(), "key", "value");
    Lease right = leadRefresh(here(), "key", SHORT);
    outlast(SHORT);

    assertThat(here().fail(right, failure("late"), LASTING)).isEmpty();
    leadRefresh(there(), "key");
  }

  @Test
  default void aRightThatAnInvalidationTookCannotFail() {
    load(here(), "key", "value");
    Lease right = leadRefresh(here(), "key");
    there().invalidate("key");

    assertThat(here().fail(right, failure("late"), LASTING)).isEmpty();
    lead(there(), "key");
  }

  @Test
  default void aClearedLeaseCannotFail() {
    Lease lease = lead(here(), "key");
    there().clear();

    assertThat(here().fail(lease, failure("late"), LASTING)).isEmpty();
    lead(there(), "key");
  }

  /** Lets one load fail, waits for the end of its window, and returns the window. */
  private Duration failOnce(String key, FailureBackoff backoff) {
    Duration window = here().fail(lead(here(), key), failure("why"), backoff).orElseThrow();
    outlast(window);
    return window;
  }

  /** Lets one refresh fail, waits for the end of its window, and returns the window. */
  private Duration failRefreshOnce(String key, FailureBackoff backoff) {
    Lease right = leadRefresh(here(), key);
    Duration window = here().fail(right, failure("why"), backoff).orElseThrow();
    outlast(window);
    return window;
  }

  private static StoredFailure failure(String why) {
    return new StoredFailure(bytes(why));
  }
}
