package dev.corral.remote;

import static dev.corral.remote.TwoNodes.bytes;
import static dev.corral.remote.TwoNodes.granted;
import static dev.corral.remote.TwoNodes.taken;
import static dev.corral.remote.TwoNodes.text;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The contract of telling where a key stands. */
interface InspectContract extends TwoNodes {

  @Test
  default void ofNothingNothingIsTold() {
    KeyState state = there().inspect("key");

    assertThat(state.partition()).isEqualTo(RemoteRegion.partitionOf("key"));
    assertThat(state.value()).isEmpty();
    assertThat(state.holder()).isEmpty();
    assertThat(state.failure()).isEmpty();
  }

  @Test
  default void whoInspectsNothingIsGrantedNothing() {
    there().inspect("key");

    assertThat(here().lookUp("key", LONG)).isInstanceOf(Lookup.Granted.class);
  }

  @Test
  default void aLeaseIsToldWithItsHolderAndWithWhoWaits() {
    Lease lease = lead(here(), "key");
    there().await("key", taken(there().lookUp("key", LONG)));

    KeyState.Holder holder = there().inspect("key").holder().orElseThrow();

    assertThat(holder.token()).isEqualTo(lease.token());
    assertThat(holder.refresh()).isFalse();
    assertThat(holder.left()).isPositive().isLessThanOrEqualTo(LONG);
    assertThat(holder.waiting()).isEqualTo(1);
    assertThat(publish(here(), lease, "value")).as("the lease still stands").isTrue();
  }

  @Test
  default void aValueIsToldWithWhatIsLeftOfIt() {
    Lease lease = load(here(), "key", "value");

    KeyState state = there().inspect("key");

    StoredValue value = state.value().orElseThrow();
    assertThat(text(value)).isEqualTo("value");
    assertThat(value.fillId()).isEqualTo(lease.token());
    assertThat(value.stamp()).isEqualTo(lease.stamp()).isLessThanOrEqualTo(state.seq());
    assertThat(value.leftMillis()).isPositive().isLessThanOrEqualTo(LONG.toMillis());
    assertThat(state.holder()).isEmpty();
  }

  @Test
  default void aRefreshIsToldBesideItsValue() {
    load(here(), "key", "value");
    Lease refresh = leadRefresh(here(), "key");

    KeyState state = there().inspect("key");

    assertThat(text(state.value().orElseThrow())).isEqualTo("value");
    assertThat(state.holder().orElseThrow().token()).isEqualTo(refresh.token());
    assertThat(state.holder().orElseThrow().refresh()).isTrue();
  }

  @Test
  default void aFailureIsToldWithItsTime() {
    Lease lease = lead(here(), "key");
    here().fail(lease, new StoredFailure(bytes("why")), new FailureBackoff(LONG, LONG, 1));

    Lookup.BackingOff failure = there().inspect("key").failure().orElseThrow();

    assertThat(failure.failure().bytes()).isEqualTo(bytes("why"));
    assertThat(failure.left()).isPositive().isLessThanOrEqualTo(LONG);
  }

  @Test
  default void aFailedRefreshIsToldBesideItsValue() {
    load(here(), "key", "value");
    Lease refresh = leadRefresh(here(), "key");
    here().fail(refresh, new StoredFailure(bytes("why")), new FailureBackoff(LONG, LONG, 1));

    KeyState state = there().inspect("key");

    assertThat(state.value()).isPresent();
    assertThat(state.failure()).isPresent();
  }

  @Test
  default void whatAClearHasMadeVoidIsNotTold() {
    load(here(), "value", "v");
    lead(here(), "lease");

    here().clear();

    assertThat(there().inspect("value").value()).isEmpty();
    assertThat(there().inspect("lease").holder()).isEmpty();
  }

  @Test
  default void inspectingDoesNotProlongALease() {
    lead(here(), "key", MEDIUM);
    passTime(SHORT);
    there().inspect("key");

    outlast(MEDIUM.minus(SHORT));

    granted(there().lookUp("key", LONG));
  }
}
