package dev.corral.remote;

import static dev.corral.remote.TwoNodes.bytes;
import static dev.corral.remote.TwoNodes.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of clearing a region. */
interface ClearContract extends TwoNodes {

  @Test
  default void aClearVoidsAllValues() {
    List<String> keys = IntStream.range(0, 300).mapToObj(i -> "key-" + i).toList();
    keys.forEach(key -> load(here(), key, "value"));
    here().put("put", bytes("value"), LONG);

    there().clear();

    assertThat(here().lookUpAll(keys, LONG)).allMatch(Lookup.Granted.class::isInstance);
    lead(here(), "put");
  }

  @Test
  default void aClearVoidsValuesForThoseWhoRefresh() {
    load(here(), "key", "value");

    there().clear();

    assertThat(here().lookUpToRefresh("key", LONG)).isInstanceOf(Lookup.Granted.class);
  }

  @Test
  default void aClearVoidsValuesForThoseWhoReplace() {
    Id fill = load(here(), "key", "value").token();

    there().clear();

    assertThat(here().replace("key", fill, LONG)).isInstanceOf(Lookup.Granted.class);
  }

  @Test
  default void aClearFreesAllLeases() {
    Lease revoked = lead(here(), "key");

    there().clear();

    assertThat(lead(there(), "key").token()).isNotEqualTo(revoked.token());
    assertThat(publish(here(), revoked, "late")).isFalse();
  }

  @Test
  default void aClearedLeaseDeliversNothing() throws InterruptedException {
    Lease lease = lead(here(), "key");
    awaitOutcome(there(), "key");
    here().clear();
    Lease next = lead(here(), "key");
    awaitOutcome(there(), "key");

    here().deliver(lease, bytes("late"));
    here().deliver(next, bytes("for you"));

    LoadOutcome told = toldThere().nextEnded().outcome();
    // Those who waited when the region was cleared may be told to look up again, or nothing.
    if (told.equals(new LoadOutcome.LookAgain(lease.token()))) {
      told = toldThere().nextEnded().outcome();
    }
    assertThat(told.token()).isEqualTo(next.token());
  }

  @Test
  default void releasingAClearedLeaseLeavesTheNextAlone() {
    Lease cleared = lead(here(), "key");
    there().clear();
    Lease next = lead(there(), "key");

    here().release(cleared);

    assertThat(publish(there(), next, "value")).isTrue();
  }

  @Test
  default void whatIsPublishedAfterAClearIsFound() {
    load(here(), "key", "old");
    there().clear();

    load(here(), "key", "new");

    assertThat(text(find(there(), "key"))).isEqualTo("new");
  }

  @Test
  default void whatIsPutAfterAClearIsFound() {
    there().clear();

    here().put("key", bytes("value"), LONG);

    assertThat(text(find(there(), "key"))).isEqualTo("value");
  }

  @Test
  default void aClearAfterAClearVoidsWhatWasPublishedInBetween() {
    here().clear();
    load(here(), "key", "value");
    there().clear();

    lead(here(), "key");
  }

  @Test
  default void allNodesAreToldOfAClearAndWhoseItIs() throws InterruptedException {
    here().clear();

    assertThat(toldHere().nextCleared().own()).isTrue();
    assertThat(toldThere().nextCleared().own()).isFalse();
  }

  @Test
  default void aClearIsToldOnce() throws InterruptedException {
    here().clear();
    there().clear();

    assertThat(toldThere().nextCleared().own()).isFalse();
    assertThat(toldThere().nextCleared().own()).isTrue();
  }

  @Test
  default void whatIsGrantedAfterAClearIsStampedAboveWhatWasGrantedBefore() {
    Lease before = lead(here(), "key");

    there().clear();

    assertThat(lead(there(), "key").stamp()).isGreaterThan(before.stamp());
  }

  @Test
  default void aClearLeavesOtherRegionsAlone() throws InterruptedException {
    RecordedEvents toldOther = new RecordedEvents();
    RemoteRegion other = openOnNewNode(regionName() + "-2", toldOther);
    toldOther.awaitSubscribed();
    load(other, "key", "value");
    Lease lease = lead(other, "loading");

    here().clear();

    assertThat(text(find(other, "key"))).isEqualTo("value");
    assertThat(publish(other, lease, "loaded")).isTrue();
    other.clear();
    assertThat(toldOther.nextCleared().own()).isTrue();
  }
}
