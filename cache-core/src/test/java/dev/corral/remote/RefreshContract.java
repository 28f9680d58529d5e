package dev.corral.remote;

import static dev.corral.remote.TwoNodes.bytes;
import static dev.corral.remote.TwoNodes.granted;
import static dev.corral.remote.TwoNodes.refreshable;
import static dev.corral.remote.TwoNodes.taken;
import static dev.corral.remote.TwoNodes.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract of refreshing a value while it is being served. */
interface RefreshContract extends TwoNodes {

  @Test
  default void whoAsksToRefreshAValueGetsItAndTheRight() {
    Lease load = load(here(), "key", "value");

    Lookup.Refreshable answer = refreshable(there().lookUpToRefresh("key", LONG));

    assertThat(text(answer.value())).isEqualTo("value");
    assertThat(answer.value().fillId()).isEqualTo(load.token());
    assertThat(answer.value().leftMillis()).isPositive().isLessThanOrEqualTo(LONG.toMillis());
    Lease right = granted(answer.right());
    assertThat(right.key()).isEqualTo("key");
    assertThat(right.replaces()).isEqualTo(load.token());
    assertThat(right.token()).isNotEqualTo(load.token());
    assertThat(right.stamp()).isGreaterThanOrEqualTo(load.stamp());
  }

  @Test
  default void whileARightStandsOthersGetTheValueAndAreToldWhoTookIt() {
    load(here(), "key", "value");
    Lease right = leadRefresh(here(), "key");

    Lookup.Refreshable answer = refreshable(there().lookUpToRefresh("key", LONG));

    assertThat(text(answer.value())).isEqualTo("value");
    Lookup.Taken taken = taken(answer.right());
    assertThat(taken.token()).isEqualTo(right.token());
    assertThat(taken.refresh()).isTrue();
    assertThat(taken.left()).isPositive().isLessThanOrEqualTo(LONG);
  }

  @Test
  default void aPlainLookUpFindsTheValueWhileItIsRefreshed() {
    load(here(), "key", "value");
    leadRefresh(here(), "key");

    assertThat(text(find(there(), "key"))).isEqualTo("value");
  }

  @Test
  default void whoAsksToRefreshNothingIsGrantedItsLease() {
    assertThat(granted(here().lookUpToRefresh("key", LONG)).replaces()).isNull();
    assertThat(there().lookUp("key", LONG)).isInstanceOf(Lookup.Taken.class);
  }

  @Test
  default void whoAsksToRefreshNothingAndReleasesItsLeaseHoldsNobodyUp() {
    here().release(granted(here().lookUpToRefresh("key", LONG)));

    assertThat(there().lookUp("key", LONG)).isInstanceOf(Lookup.Granted.class);
  }

  @Test
  default void whoAsksToRefreshNothingAndDeliversHoldsNobodyUp() {
    here().deliver(granted(here().lookUpToRefresh("key", LONG)), bytes("for you"));

    assertThat(there().lookUp("key", LONG)).isInstanceOf(Lookup.Granted.class);
  }

  @Test
  default void whoAsksToRefreshNothingAndFailsHoldsNobodyUpOnceThatIsOver() {
    Lease lease = granted(here().lookUpToRefresh("key", LONG));
    here().fail(lease, new StoredFailure(bytes("why")), new FailureBackoff(SHORT, SHORT, 1));

    outlast(SHORT);

    assertThat(there().lookUp("key", LONG)).isInstanceOf(Lookup.Granted.class);
  }

  @Test
  default void whoAsksToRefreshNothingAndPublishesLeavesTheRightToOthers() {
    publish(here(), granted(here().lookUpToRefresh("key", LONG)), "value");

    leadRefresh(there(), "key");
  }

  @Test
  default void whoAsksToRefreshWhatFailedHoldsNobodyUpOnceThatIsOver() {
    Lease failing = lead(there(), "key");
    there().fail(failing, new StoredFailure(bytes("why")), new FailureBackoff(MEDIUM, MEDIUM, 1));
    TwoNodes.backingOff(here().lookUpToRefresh("key", LONG));

    outlast(MEDIUM);

    assertThat(there().lookUp("key", LONG)).isInstanceOf(Lookup.Granted.class);
  }

  @Test
  default void whoAsksToRefreshWhatIsBeingLoadedHoldsNobodyUpOnceThatHasEnded() {
    Lease loading = lead(there(), "key");
    taken(here().lookUpToRefresh("key", LONG));

    there().release(loading);

    assertThat(there().lookUp("key", LONG)).isInstanceOf(Lookup.Granted.class);
  }

  @Test
  default void whoAsksToRefreshWhatIsBeingLoadedIsToldWhoTookIt() {
    Lease lease = lead(here(), "key");

    Lookup.Taken taken = taken(there().lookUpToRefresh("key", LONG));

    assertThat(taken.token()).isEqualTo(lease.token());
    assertThat(taken.refresh()).isFalse();
  }

  @Test
  default void whoAsksToRefreshWhatFailedIsToldToBackOff() {
    Lease lease = lead(here(), "key");
    here().fail(lease, new StoredFailure(bytes("why")), new FailureBackoff(LONG, LONG, 1));

    Lookup.BackingOff answer = TwoNodes.backingOff(there().lookUpToRefresh("key", LONG));

    assertThat(answer.failure().bytes()).isEqualTo(bytes("why"));
  }

  @Test
  default void aRefreshReplacesTheValue() {
    load(here(), "key", "old", ONE_MINUTE);
    Lease right = leadRefresh(here(), "key");

    assertThat(publish(here(), right, "new")).isTrue();

    StoredValue found = find(there(), "key");
    assertThat(text(found)).isEqualTo("new");
    assertThat(found.fillId()).isEqualTo(right.token());
    assertThat(found.leftMillis()).isGreaterThan(ONE_MINUTE.toMillis());
  }

  @Test
  default void aPublishedRefreshEndsTheRight() {
    load(here(), "key", "old");
    Lease right = leadRefresh(here(), "key");
    publish(here(), right, "new");

    assertThat(publish(here(), right, "again")).isFalse();
    assertThat(leadRefresh(there(), "key").replaces()).isEqualTo(right.token());
  }

  @Test
  default void aReleasedRightIsFreeAndTheValueStays() {
    Lease load = load(here(), "key", "value");

    here().release(leadRefresh(here(), "key"));

    assertThat(leadRefresh(there(), "key").replaces()).isEqualTo(load.token());
    assertThat(text(find(there(), "key"))).isEqualTo("value");
  }

  @Test
  default void aDeliveredRefreshFreesTheRightAndTheValueStays() {
    load(here(), "key", "value");

    here().deliver(leadRefresh(here(), "key"), bytes("for you"));

    leadRefresh(there(), "key");
    assertThat(text(find(there(), "key"))).isEqualTo("value");
  }

  @Test
  default void aRightExpiresAndTheNextAskerIsGrantedIt() {
    load(here(), "key", "value");
    leadRefresh(here(), "key", SHORT);

    outlast(SHORT);

    leadRefresh(there(), "key");
  }

  @Test
  default void aRefreshCannotReplaceWhatAnotherRefreshPublished() {
    load(here(), "key", "old");
    Lease late = leadRefresh(here(), "key", SHORT);
    outlast(SHORT);
    publish(there(), leadRefresh(there(), "key"), "new");

    assertThat(publish(here(), late, "late")).isFalse();
    assertThat(text(find(here(), "key"))).isEqualTo("new");
  }

  @Test
  default void aRefreshCannotBePublishedWhenItsRightHasExpired() {
    load(here(), "key", "old");
    Lease late = leadRefresh(here(), "key", SHORT);
    outlast(SHORT);

    assertThat(publish(here(), late, "late")).isFalse();
    assertThat(text(find(here(), "key"))).isEqualTo("old");
  }

  @Test
  default void aRefreshGoesOnWhenTheTimeOfItsValueIsUp() {
    load(here(), "key", "old", MEDIUM);
    Lease right = leadRefresh(here(), "key");
    outlast(MEDIUM);

    Lookup.Taken taken = taken(there().lookUp("key", LONG));
    assertThat(taken.token()).isEqualTo(right.token());
    assertThat(taken.refresh()).isTrue();
    assertThat(taken.left()).isPositive().isLessThanOrEqualTo(LONG);
    assertThat(taken(there().lookUpToRefresh("key", LONG)).token()).isEqualTo(right.token());
    assertThat(taken(there().lookUpAll(List.of("key"), LONG).get(0)).token())
        .isEqualTo(right.token());

    assertThat(there().await("key", taken)).isPresent();
    assertThat(publish(here(), right, "new")).isTrue();
    assertThat(text(find(there(), "key"))).isEqualTo("new");
    assertThat(find(there(), "key").fillId()).isEqualTo(right.token());
  }

  @Test
  default void aRefreshThatOutlivedItsValueCannotBePublishedAfterAnInvalidation() {
    load(here(), "key", "old", MEDIUM);
    Lease right = leadRefresh(here(), "key");
    outlast(MEDIUM);

    there().invalidate("key");

    assertThat(publish(here(), right, "late")).isFalse();
    assertThat(there().lookUp("key", LONG)).isInstanceOf(Lookup.Granted.class);
  }

  @Test
  default void aRefreshThatOutlivedItsValueAndFailedIsRememberedInItsPlace() {
    load(here(), "key", "old", MEDIUM);
    Lease right = leadRefresh(here(), "key");
    outlast(MEDIUM);

    assertThat(
            here().fail(right, new StoredFailure(bytes("why")), new FailureBackoff(LONG, LONG, 1)))
        .isPresent();

    assertThat(there().lookUp("key", LONG)).isInstanceOf(Lookup.BackingOff.class);
  }

  @Test
  default void aRefreshThatOutlivedItsValueAndWasReleasedLeavesNothing() {
    load(here(), "key", "old", MEDIUM);
    Lease right = leadRefresh(here(), "key");
    outlast(MEDIUM);

    here().release(right);

    assertThat(there().lookUp("key", LONG)).isInstanceOf(Lookup.Granted.class);
  }

  @Test
  default void aRefreshCannotBePublishedAfterAnInvalidation() {
    load(here(), "key", "old");
    Lease right = leadRefresh(here(), "key");

    there().invalidate("key");

    assertThat(publish(here(), right, "late")).isFalse();
    assertThat(there().lookUp("key", LONG)).isInstanceOf(Lookup.Granted.class);
  }

  @Test
  default void aRefreshCannotBePublishedAfterAPut() {
    load(here(), "key", "old");
    Lease right = leadRefresh(here(), "key");

    there().put("key", bytes("put"), LONG);

    assertThat(publish(here(), right, "late")).isFalse();
    assertThat(text(find(here(), "key"))).isEqualTo("put");
  }

  @Test
  default void aRefreshCannotBePublishedAfterAClear() {
    load(here(), "key", "old");
    Lease right = leadRefresh(here(), "key");

    there().clear();

    assertThat(publish(here(), right, "late")).isFalse();
    assertThat(there().lookUp("key", LONG)).isInstanceOf(Lookup.Granted.class);
  }

  @Test
  default void anInvalidationTakesTheRightAlong() {
    load(here(), "key", "old");
    leadRefresh(here(), "key");

    there().invalidate("key");
    Lease reload = load(there(), "key", "new");

    assertThat(leadRefresh(there(), "key").replaces()).isEqualTo(reload.token());
  }
}
