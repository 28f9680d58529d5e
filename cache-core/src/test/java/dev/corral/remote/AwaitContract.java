package dev.corral.remote;

import static dev.corral.remote.TwoNodes.bytes;
import static dev.corral.remote.TwoNodes.taken;
import static dev.corral.remote.TwoNodes.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract of waiting for the outcome of another holder's load. */
interface AwaitContract extends TwoNodes {

  @Test
  default void whoRegistersLearnsWhatIsLeftOfTheLease() {
    lead(here(), "key");
    Lookup.Taken taken = taken(there().lookUp("key", LONG));

    assertThat(there().await("key", taken))
        .hasValueSatisfying(left -> assertThat(left).isPositive().isLessThanOrEqualTo(LONG));
  }

  @Test
  default void waitingForALeaseDoesNotProlongIt() {
    lead(here(), "key", MEDIUM);
    awaitOutcome(there(), "key");

    outlast(MEDIUM);

    lead(there(), "key");
  }

  @Test
  default void everyNodeThatWaitsIsToldThePublishedValue() throws InterruptedException {
    Lease lease = lead(here(), "key");
    RecordedEvents toldThird = new RecordedEvents();
    RemoteRegion third = openOnNewNode(regionName(), toldThird);
    toldThird.awaitSubscribed();
    awaitOutcome(there(), "key");
    awaitOutcome(third, "key");

    publish(here(), lease, "value");

    assertPublished(toldThere().nextEnded(), lease, "value");
    assertPublished(toldThird.nextEnded(), lease, "value");
  }

  @Test
  default void theHolderMayWaitForItself() throws InterruptedException {
    Lease lease = lead(here(), "key");
    awaitOutcome(here(), "key");

    publish(here(), lease, "value");

    assertPublished(toldHere().nextEnded(), lease, "value");
  }

  @Test
  default void whoDoesNotWaitIsNotTold() throws InterruptedException {
    Lease lease = lead(here(), "key");
    awaitOutcome(there(), "key");

    publish(here(), lease, "value");

    toldThere().nextEnded();
    assertNothingToldBeforeMarker(here(), toldHere());
  }

  @Test
  default void whoRegistersTwiceIsToldOnce() throws InterruptedException {
    Lease lease = lead(here(), "key");
    awaitOutcome(there(), "key");
    awaitOutcome(there(), "key");

    publish(here(), lease, "value");

    toldThere().nextEnded();
    assertNothingToldBeforeMarker(there(), toldThere());
  }

  @Test
  default void whoRegistersAfterThePublishIsToldToLookUpAgain() {
    Lease lease = lead(here(), "key");
    Lookup.Taken taken = taken(there().lookUp("key", LONG));

    publish(here(), lease, "value");

    assertThat(there().await("key", taken)).isEmpty();
    assertThat(text(find(there(), "key"))).isEqualTo("value");
  }

  @Test
  default void whoRegistersAfterTheLeaseExpiredIsToldToLookUpAgain() {
    lead(here(), "key", MEDIUM);
    Lookup.Taken taken = taken(there().lookUp("key", LONG));

    outlast(MEDIUM);

    assertThat(there().await("key", taken)).isEmpty();
  }

  @Test
  default void whoRegistersForALeaseThatAnotherHasFollowedIsToldToLookUpAgain() {
    Lease first = lead(here(), "key");
    Lookup.Taken taken = taken(there().lookUp("key", LONG));
    here().release(first);
    lead(here(), "key");

    assertThat(there().await("key", taken)).isEmpty();
  }

  @Test
  default void whoRegistersAfterAClearIsToldToLookUpAgain() {
    lead(here(), "key");
    Lookup.Taken taken = taken(there().lookUp("key", LONG));

    here().clear();

    assertThat(there().await("key", taken)).isEmpty();
  }

  @Test
  default void thoseWhoWaitedForAnEarlierLeaseAreNotToldOfTheNext() throws InterruptedException {
    Lease first = lead(here(), "key");
    awaitOutcome(there(), "key");
    here().release(first);
    toldThere().nextEnded();

    load(here(), "key", "value");

    assertNothingToldBeforeMarker(there(), toldThere());
  }

  @Test
  default void aRenewedLeaseStillTellsThoseWhoWaited() throws InterruptedException {
    Lease lease = lead(here(), "key");
    awaitOutcome(there(), "key");
    assertThat(here().renew(lease, LONG)).isTrue();

    publish(here(), lease, "value");

    assertPublished(toldThere().nextEnded(), lease, "value");
  }

  @Test
  default void aRefusedPublishTellsNobody() throws InterruptedException {
    Lease lost = lead(here(), "key", SHORT);
    outlast(SHORT);
    Lease current = lead(here(), "key");
    awaitOutcome(there(), "key");

    assertThat(publish(here(), lost, "late")).isFalse();
    publish(here(), current, "value");

    assertPublished(toldThere().nextEnded(), current, "value");
  }

  @Test
  default void whoWaitsForARefreshIsToldThePublishedValue() throws InterruptedException {
    load(here(), "key", "old");
    Lease right = leadRefresh(here(), "key");
    awaitRefresh(there(), "key");

    publish(here(), right, "new");

    assertPublished(toldThere().nextEnded(), right, "new");
  }

  @Test
  default void whoRegistersAfterARefreshEndedIsToldToLookUpAgain() {
    load(here(), "key", "old");
    Lease right = leadRefresh(here(), "key");
    Lookup.Refreshable answer = TwoNodes.refreshable(there().lookUpToRefresh("key", LONG));

    publish(here(), right, "new");

    assertThat(there().await("key", taken(answer.right()))).isEmpty();
  }

  @Test
  default void whoWaitsForARefreshIsToldWhenTheValueIsExtended() throws InterruptedException {
    load(here(), "key", "value");
    Lease right = leadRefresh(here(), "key");
    awaitRefresh(there(), "key");

    here().extend(right, LONG);

    LoadOutcome outcome = toldThere().nextEnded().outcome();
    assertThat(outcome.token()).isEqualTo(right.token());
    // The value need not be sent again: those who wait may be asked to look it up.
    if (outcome instanceof LoadOutcome.Published published) {
      assertThat(text(published.value())).isEqualTo("value");
    } else {
      assertThat(outcome).isInstanceOf(LoadOutcome.LookAgain.class);
    }
  }

  @Test
  default void ofALargeValueThoseWhoWaitGetItOrAreToldToLookUpAgain() throws InterruptedException {
    byte[] large = new byte[1 << 20];
    Arrays.fill(large, (byte) 7);
    Lease lease = lead(here(), "key");
    awaitOutcome(there(), "key");

    here().publish(new Publication(lease, large, LONG));

    LoadOutcome outcome = toldThere().nextEnded().outcome();
    assertThat(outcome.token()).isEqualTo(lease.token());
    if (outcome instanceof LoadOutcome.Published published) {
      assertThat(published.value().bytes()).isEqualTo(large);
    } else {
      assertThat(outcome).isInstanceOf(LoadOutcome.LookAgain.class);
    }
  }

  @Test
  default void anEmptyValueIsToldToo() throws InterruptedException {
    Lease lease = lead(here(), "key");
    awaitOutcome(there(), "key");

    here().publish(new Publication(lease, bytes(""), LONG));

    assertPublished(toldThere().nextEnded(), lease, "");
  }

  @Test
  default void publishingSeveralTellsThoseWhoWaitForEach() throws InterruptedException {
    Lease first = lead(here(), "first");
    Lease second = lead(here(), "second");
    awaitOutcome(there(), "second");

    here()
        .publishAll(
            List.of(
                new Publication(first, bytes("1"), LONG),
                new Publication(second, bytes("2"), LONG)));

    assertPublished(toldThere().nextEnded(), second, "2");
  }

  private static void assertPublished(RecordedEvents.Ended told, Lease lease, String value) {
    assertThat(told.key()).isEqualTo(lease.key());
    assertThat(told.outcome()).isInstanceOf(LoadOutcome.Published.class);
    LoadOutcome.Published published = (LoadOutcome.Published) told.outcome();
    assertThat(published.token()).isEqualTo(lease.token());
    assertThat(text(published.value())).isEqualTo(value);
    assertThat(published.value().fillId()).isEqualTo(lease.token());
    assertThat(published.value().stamp()).isEqualTo(lease.stamp());
    assertThat(published.value().leftMillis()).isEqualTo(LONG.toMillis());
  }
}
