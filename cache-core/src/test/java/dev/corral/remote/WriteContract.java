package dev.corral.remote;

import static dev.corral.remote.TwoNodes.bytes;
import static dev.corral.remote.TwoNodes.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract of beginning and ending a change of the origin. */
interface WriteContract extends TwoNodes {

  @Test
  default void whatIsWrittenIsFound() {
    Lease write = here().beginWrite("key", LONG);

    assertThat(here().endWrite(write, bytes("written"), LONG)).isTrue();

    assertThat(text(find(there(), "key"))).isEqualTo("written");
    assertThat(text(find(here(), "key"))).isEqualTo("written");
  }

  @Test
  default void nobodyIsGrantedTheKeyWhileItIsWritten() {
    Lease write = here().beginWrite("key", LONG);

    Lookup.Taken taken = TwoNodes.taken(there().lookUp("key", LONG));

    assertThat(taken.token()).isEqualTo(write.token());
    assertThat(TwoNodes.taken(there().lookUpToRefresh("key", LONG)).token())
        .isEqualTo(write.token());
    assertThat(TwoNodes.taken(there().lookUpAll(List.of("key"), LONG).get(0)).token())
        .isEqualTo(write.token());
  }

  @Test
  default void nobodyIsGrantedTheRightToRefreshWhileTheKeyIsWritten() {
    load(here(), "key", "old");
    Lease write = here().beginWrite("key", LONG);

    Lookup.Refreshable found = TwoNodes.refreshable(there().lookUpToRefresh("key", LONG));

    assertThat(text(found.value())).isEqualTo("old");
    assertThat(TwoNodes.taken(found.right()).token()).isEqualTo(write.token());
  }

  @Test
  default void theOldValueIsFoundMeanwhileButOutlivesNoLease() {
    load(here(), "key", "old");

    here().beginWrite("key", ONE_MINUTE);

    StoredValue found = find(there(), "key");
    assertThat(text(found)).isEqualTo("old");
    assertThat(found.leftMillis()).isBetween(1L, ONE_MINUTE.toMillis());
    assertThat(findInBatch(there(), "key").leftMillis()).isBetween(1L, ONE_MINUTE.toMillis());
  }

  @Test
  default void aValueThatEndsBeforeTheLeaseIsNotProlonged() {
    load(here(), "key", "old", ONE_MINUTE);

    here().beginWrite("key", LONG);

    assertThat(find(there(), "key").leftMillis()).isBetween(1L, ONE_MINUTE.toMillis());
    assertThat(findInBatch(there(), "key").leftMillis()).isBetween(1L, ONE_MINUTE.toMillis());
  }

  @Test
  default void aWriterThatDiesLeavesNothingOldBehindForLongerThanItsLease() {
    load(here(), "key", "old");

    here().beginWrite("key", MEDIUM);
    outlast(MEDIUM);

    lead(there(), "key");
  }

  @Test
  default void aWriteLeaseIsRenewed() {
    Lease write = here().beginWrite("key", MEDIUM);

    assertThat(here().renew(write, LONG)).isTrue();
    outlast(MEDIUM);

    assertThat(here().endWrite(write, bytes("written"), LONG)).isTrue();
  }

  @Test
  default void aWriteLeaseThatIsReleasedIsFreeForTheNext() {
    Lease write = here().beginWrite("key", LONG);

    here().release(write);

    lead(there(), "key");
    assertThat(here().endWrite(write, bytes("late"), LONG)).isFalse();
    lead(there(), "key");
  }

  @Test
  default void aLoadThatIsUnderWayCannotBePublished() {
    Lease load = lead(there(), "key");
    Lease write = here().beginWrite("key", LONG);

    assertThat(publish(there(), load, "old")).isFalse();
    here().endWrite(write, bytes("written"), LONG);
    assertThat(publish(there(), load, "old")).isFalse();

    assertThat(text(find(there(), "key"))).isEqualTo("written");
  }

  @Test
  default void aRefreshThatIsUnderWayCannotBePublished() {
    load(here(), "key", "old");
    Lease refresh = leadRefresh(there(), "key");
    Lease write = here().beginWrite("key", LONG);

    assertThat(publish(there(), refresh, "old again")).isFalse();
    assertThat(there().extend(refresh, LONG)).isFalse();
    here().endWrite(write, bytes("written"), LONG);

    assertThat(text(find(there(), "key"))).isEqualTo("written");
  }

  @Test
  default void thoseWhoWaitForALoadAreToldToLookAgainWhenAWriteBegins()
      throws InterruptedException {
    Lease load = lead(here(), "key");
    awaitOutcome(there(), "key");

    here().beginWrite("key", LONG);

    assertThat(toldThere().nextEnded().outcome())
        .isEqualTo(new LoadOutcome.LookAgain(load.token()));
  }

  @Test
  default void thoseWhoWaitForAWriteGetItsValue() throws InterruptedException {
    Lease write = here().beginWrite("key", LONG);
    awaitOutcome(there(), "key");

    here().endWrite(write, bytes("written"), LONG);

    LoadOutcome outcome = toldThere().nextEnded().outcome();
    assertThat(outcome.token()).isEqualTo(write.token());
    assertThat(text(((LoadOutcome.Published) outcome).value())).isEqualTo("written");
  }

  @Test
  default void thoseWhoWaitForAWriteThatIsDroppedLookAgain() throws InterruptedException {
    Lease write = here().beginWrite("key", LONG);
    awaitOutcome(there(), "key");

    here().invalidate("key");

    assertThat(toldThere().nextEnded().outcome())
        .isEqualTo(new LoadOutcome.LookAgain(write.token()));
    lead(there(), "key");
  }

  @Test
  default void allNodesAreToldWhenAWriteBeginsAndWhenItEnds() throws InterruptedException {
    Lease write = here().beginWrite("key", LONG);
    RecordedEvents.Invalidated begun = toldThere().nextInvalidated();
    here().endWrite(write, bytes("written"), LONG);
    RecordedEvents.Invalidated ended = toldThere().nextInvalidated();

    assertThat(begun.key()).isEqualTo("key");
    assertThat(begun.own()).isFalse();
    assertThat(ended.stamp()).isEqualTo(begun.stamp() + 1);
    assertThat(toldHere().nextInvalidated().own()).isTrue();
    assertThat(find(here(), "key").stamp()).isEqualTo(ended.stamp());
  }

  // W1 begins, W2 begins, and the origin takes them in an order that nobody here knows.
  @Test
  default void ofTwoWritesThatOverlapNeitherIsStored() {
    Lease first = here().beginWrite("key", LONG);
    Lease second = there().beginWrite("key", LONG);

    assertThat(here().endWrite(first, bytes("first"), LONG)).isFalse();
    assertThat(there().endWrite(second, bytes("second"), LONG)).isFalse();

    lead(here(), "key");
  }

  @Test
  default void aWriteThatEndsBeforeTheOneThatItOverlapsIsDroppedByThat() {
    Lease first = here().beginWrite("key", LONG);
    Lease second = there().beginWrite("key", LONG);

    there().endWrite(second, bytes("second"), LONG);
    assertThat(here().endWrite(first, bytes("first"), LONG)).isFalse();

    lead(here(), "key");
  }

  @Test
  default void aWriteThatWasInvalidatedIsDropped() {
    Lease write = here().beginWrite("key", LONG);
    there().invalidate("key");

    assertThat(here().endWrite(write, bytes("written"), LONG)).isFalse();

    lead(here(), "key");
  }

  @Test
  default void aWriteThatWasInvalidatedDropsWhatWasLoadedMeanwhile() {
    Lease write = here().beginWrite("key", LONG);
    there().invalidate("key");
    load(there(), "key", "read from the origin in the middle of the write");

    here().endWrite(write, bytes("written"), LONG);

    lead(here(), "key");
  }

  @Test
  default void aWriteThatWasPutOverIsDropped() {
    Lease write = here().beginWrite("key", LONG);
    there().put("key", bytes("put"), LONG);

    assertThat(here().endWrite(write, bytes("written"), LONG)).isFalse();

    lead(here(), "key");
  }

  @Test
  default void aWriteThatWasClearedIsDropped() {
    Lease write = here().beginWrite("key", LONG);
    there().clear();

    assertThat(here().endWrite(write, bytes("written"), LONG)).isFalse();

    lead(here(), "key");
  }

  @Test
  default void aWriteWhoseLeaseRanOutIsDropped() {
    Lease write = here().beginWrite("key", MEDIUM);
    outlast(MEDIUM);

    assertThat(here().endWrite(write, bytes("written"), LONG)).isFalse();

    lead(here(), "key");
  }

  @Test
  default void aWriteEndsTheMemoryOfAFailure() {
    Lease failed = lead(here(), "key");
    here().fail(failed, new StoredFailure(bytes("why")), new FailureBackoff(LONG, LONG, 1));

    Lease write = here().beginWrite("key", LONG);
    assertThat(TwoNodes.taken(there().lookUp("key", LONG)).token()).isEqualTo(write.token());
    here().endWrite(write, bytes("written"), LONG);

    assertThat(text(find(there(), "key"))).isEqualTo("written");
  }

  @Test
  default void aWriteLeavesOtherKeysAlone() {
    String neighbour = TestKeys.besides("key");
    load(here(), neighbour, "value");

    Lease write = here().beginWrite("key", SHORT);
    here().endWrite(write, bytes("written"), LONG);

    assertThat(find(there(), neighbour).leftMillis()).isGreaterThan(ONE_MINUTE.toMillis());
  }

  @Test
  default void aWrittenValueHasItsOwnLife() {
    load(here(), "key", "old");

    Lease write = here().beginWrite("key", Duration.ofSeconds(30));
    here().endWrite(write, bytes("written"), LONG);

    assertThat(find(there(), "key").leftMillis()).isGreaterThan(ONE_MINUTE.toMillis());
    assertThat(findInBatch(there(), "key").leftMillis()).isGreaterThan(ONE_MINUTE.toMillis());
  }
}
