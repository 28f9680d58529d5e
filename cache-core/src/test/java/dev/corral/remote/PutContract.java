package dev.corral.remote;

import static dev.corral.remote.TwoNodes.bytes;
import static dev.corral.remote.TwoNodes.text;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The contract of storing a value whatever is there. */
interface PutContract extends TwoNodes {

  @Test
  default void whatOneNodePutsTheOtherFinds() {
    here().put("key", bytes("value"), LONG);

    StoredValue found = find(there(), "key");
    assertThat(text(found)).isEqualTo("value");
    assertThat(found.leftMillis()).isPositive().isLessThanOrEqualTo(LONG.toMillis());
  }

  @Test
  default void whatWasPutVanishesWhenItsLifeIsUp() {
    here().put("key", bytes("value"), SHORT);

    outlast(SHORT);

    lead(there(), "key");
  }

  @Test
  default void aPutReplacesAValue() {
    load(here(), "key", "old");

    there().put("key", bytes("new"), LONG);

    assertThat(text(find(here(), "key"))).isEqualTo("new");
  }

  @Test
  default void aPutReplacesAFailure() {
    Lease lease = lead(here(), "key");
    here().fail(lease, new StoredFailure(bytes("why")), new FailureBackoff(LONG, LONG, 1));

    there().put("key", bytes("new"), LONG);

    assertThat(text(find(here(), "key"))).isEqualTo("new");
  }

  @Test
  default void eachPutIsAFillOfItsOwn() {
    here().put("key", bytes("same"), LONG);
    Id first = find(here(), "key").fillId();
    there().put("key", bytes("same"), LONG);

    assertThat(find(here(), "key").fillId()).isNotEqualTo(first);
  }

  @Test
  default void aPutTellsAllNodesToDropTheirCopies() throws InterruptedException {
    here().put("key", bytes("value"), LONG);

    long stamp = toldHere().nextInvalidated().stamp();

    assertThat(toldThere().nextInvalidated())
        .isEqualTo(
            new RecordedEvents.Invalidated("key", RemoteRegion.partitionOf("key"), stamp, false));
  }

  @Test
  default void theNodeThatPutsIsToldThatItWasItself() throws InterruptedException {
    here().put("key", bytes("value"), LONG);

    assertThat(toldHere().nextInvalidated().own()).isTrue();
  }

  @Test
  default void whatWasPutIsNotAffectedByItsOwnMessage() throws InterruptedException {
    here().put("key", bytes("value"), LONG);

    long stamp = toldThere().nextInvalidated().stamp();

    assertThat(find(there(), "key").stamp()).isGreaterThanOrEqualTo(stamp);
  }

  @Test
  default void thoseWhoWaitForALeaseThatAPutRevokesAreToldToLookUpAgain()
      throws InterruptedException {
    Lease lease = lead(here(), "key");
    awaitOutcome(there(), "key");

    here().put("key", bytes("value"), LONG);

    assertThat(toldThere().nextEnded())
        .isEqualTo(new RecordedEvents.Ended("key", new LoadOutcome.LookAgain(lease.token())));
  }

  @Test
  default void whatWasPutMayBeRefreshed() {
    here().put("key", bytes("old"), LONG);
    Lease right = leadRefresh(there(), "key");

    assertThat(right.replaces()).isEqualTo(find(here(), "key").fillId());
    assertThat(publish(there(), right, "new")).isTrue();
    assertThat(text(find(here(), "key"))).isEqualTo("new");
  }

  @Test
  default void aPutTakesTheRightToRefreshAlong() {
    load(here(), "key", "old");
    leadRefresh(here(), "key");

    there().put("key", bytes("put"), LONG);

    leadRefresh(there(), "key");
  }

  @Test
  default void whatIsPutMayBeEmpty() {
    here().put("key", bytes(""), LONG);

    assertThat(find(there(), "key").bytes()).isEmpty();
  }
}
