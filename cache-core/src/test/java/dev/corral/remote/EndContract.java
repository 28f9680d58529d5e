package dev.corral.remote;

import static dev.corral.remote.TwoNodes.bytes;
import static dev.corral.remote.TwoNodes.refreshable;
import static dev.corral.remote.TwoNodes.taken;
import static dev.corral.remote.TwoNodes.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract of prolonging a lease, and of ending it without storing anything. */
interface EndContract extends TwoNodes {

  @Test
  default void aRenewedLeaseOutlivesItsFirstTime() {
    Lease lease = lead(here(), "key", MEDIUM);
    assertThat(here().renew(lease, LONG)).isTrue();

    outlast(MEDIUM);

    assertThat(taken(there().lookUp("key", LONG)).token()).isEqualTo(lease.token());
    assertThat(publish(here(), lease, "value")).isTrue();
  }

  @Test
  default void aRenewedLeaseLastsFromNow() {
    Lease lease = lead(here(), "key", LONG);

    assertThat(here().renew(lease, SHORT)).isTrue();
    outlast(SHORT);

    assertThat(there().lookUp("key", LONG)).isInstanceOf(Lookup.Granted.class);
  }

  @Test
  default void aRenewedRightOutlivesItsFirstTime() {
    load(here(), "key", "old");
    Lease right = leadRefresh(here(), "key", MEDIUM);
    assertThat(here().renew(right, LONG)).isTrue();

    outlast(MEDIUM);

    assertThat(publish(here(), right, "new")).isTrue();
  }

  @Test
  default void severalLeasesAreRenewedEachForItself() {
    Lease standing = lead(here(), "standing", MEDIUM);
    Lease released = lead(here(), "released", MEDIUM);
    load(here(), "value", "value");
    Lease right = leadRefresh(here(), "value", MEDIUM);
    here().release(released);

    assertThat(here().renewAll(List.of(standing, released, right), LONG))
        .containsExactly(true, false, true);

    outlast(MEDIUM);
    assertThat(there().lookUp("standing", LONG)).isInstanceOf(Lookup.Taken.class);
    assertThat(there().lookUp("released", LONG)).isInstanceOf(Lookup.Granted.class);
    assertThat(taken(refreshable(there().lookUpToRefresh("value", LONG)).right()).token())
        .isEqualTo(right.token());
  }

  @Test
  default void anExpiredLeaseCannotBeRenewed() {
    Lease lease = lead(here(), "key", SHORT);
    outlast(SHORT);

    assertThat(here().renew(lease, LONG)).isFalse();
    assertThat(there().lookUp("key", LONG)).isInstanceOf(Lookup.Granted.class);
  }

  @Test
  default void aLeaseThatAnotherHasFollowedCannotBeRenewed() {
    Lease first = lead(here(), "key", SHORT);
    outlast(SHORT);
    Lease second = lead(there(), "key");

    assertThat(here().renew(first, LONG)).isFalse();
    assertThat(there().renew(second, LONG)).isTrue();
  }

  @Test
  default void aPublishedLeaseCannotBeRenewed() {
    Lease lease = load(here(), "key", "value", SHORT);

    assertThat(here().renew(lease, LONG)).isFalse();
    outlast(SHORT);
    assertThat(there().lookUp("key", LONG)).isInstanceOf(Lookup.Granted.class);
  }

  @Test
  default void anInvalidatedLeaseCannotBeRenewed() {
    Lease lease = lead(here(), "key");
    there().invalidate("key");

    assertThat(here().renew(lease, LONG)).isFalse();
  }

  @Test
  default void aClearedLeaseCannotBeRenewed() {
    Lease lease = lead(here(), "key");
    there().clear();

    assertThat(here().renew(lease, LONG)).isFalse();
  }

  @Test
  default void aReleasedLeaseIsFreeForTheNext() {
    Lease first = lead(here(), "key");
    here().release(first);

    assertThat(lead(there(), "key").token()).isNotEqualTo(first.token());
  }

  @Test
  default void thoseWhoWaitForAReleasedLeaseAreToldToLookUpAgain() throws InterruptedException {
    Lease lease = lead(here(), "key");
    awaitOutcome(there(), "key");

    here().release(lease);

    assertThat(toldThere().nextEnded())
        .isEqualTo(new RecordedEvents.Ended("key", new LoadOutcome.LookAgain(lease.token())));
  }

  @Test
  default void thoseWhoWaitForAReleasedRightAreToldToLookUpAgain() throws InterruptedException {
    load(here(), "key", "value");
    Lease right = leadRefresh(here(), "key");
    awaitRefresh(there(), "key");

    here().release(right);

    assertThat(toldThere().nextEnded())
        .isEqualTo(new RecordedEvents.Ended("key", new LoadOutcome.LookAgain(right.token())));
  }

  @Test
  default void releasingALostLeaseLeavesTheNextAlone() {
    Lease first = lead(here(), "key", SHORT);
    outlast(SHORT);
    Lease second = lead(there(), "key");

    here().release(first);

    assertThat(publish(there(), second, "value")).isTrue();
  }

  @Test
  default void releasingAfterPublishingLeavesTheValueAlone() {
    Lease lease = load(here(), "key", "value");

    here().release(lease);

    assertThat(text(find(there(), "key"))).isEqualTo("value");
  }

  @Test
  default void aDeliveredValueIsToldToThoseWhoWait() throws InterruptedException {
    Lease lease = lead(here(), "key");
    awaitOutcome(there(), "key");

    here().deliver(lease, bytes("for you"));

    RecordedEvents.Ended told = toldThere().nextEnded();
    assertThat(told.key()).isEqualTo("key");
    assertThat(told.outcome()).isInstanceOf(LoadOutcome.Delivered.class);
    LoadOutcome.Delivered delivered = (LoadOutcome.Delivered) told.outcome();
    assertThat(delivered.token()).isEqualTo(lease.token());
    assertThat(text(delivered.value())).isEqualTo("for you");
    assertThat(delivered.value().leftMillis()).isZero();
  }

  @Test
  default void aDeliveredRefreshIsToldToThoseWhoWait() throws InterruptedException {
    load(here(), "key", "value");
    Lease right = leadRefresh(here(), "key");
    awaitRefresh(there(), "key");

    here().deliver(right, bytes("for you"));

    LoadOutcome outcome = toldThere().nextEnded().outcome();
    assertThat(outcome).isInstanceOf(LoadOutcome.Delivered.class);
    assertThat(text(((LoadOutcome.Delivered) outcome).value())).isEqualTo("for you");
  }

  @Test
  default void aDeliveredValueIsNotStored() {
    Lease lease = lead(here(), "key");

    here().deliver(lease, bytes("for you"));

    assertThat(there().lookUp("key", LONG)).isInstanceOf(Lookup.Granted.class);
  }

  @Test
  default void aLostLeaseDeliversNothing() throws InterruptedException {
    Lease lost = lead(here(), "key", SHORT);
    outlast(SHORT);
    Lease current = lead(here(), "key");
    awaitOutcome(there(), "key");

    here().deliver(lost, bytes("late"));
    here().deliver(current, bytes("for you"));

    assertThat(toldThere().nextEnded().outcome().token()).isEqualTo(current.token());
  }
}
