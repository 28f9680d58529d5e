package dev.corral.remote;

import static dev.corral.remote.TwoNodes.bytes;
import static dev.corral.remote.TwoNodes.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of invalidating keys. */
interface InvalidationContract extends TwoNodes {

  @Test
  default void anInvalidatedValueIsGoneForEveryNode() {
    load(here(), "key", "value");

    there().invalidate("key");

    lead(here(), "key");
  }

  @Test
  default void anInvalidationLeavesOtherKeysAlone() {
    load(here(), "key", "value");
    load(here(), "other", "other value");

    there().invalidate("key");

    assertThat(text(find(here(), "other"))).isEqualTo("other value");
  }

  @Test
  default void anInvalidatedLeaseIsFreeForTheNext() {
    Lease revoked = lead(here(), "key");

    there().invalidate("key");

    assertThat(lead(there(), "key").token()).isNotEqualTo(revoked.token());
  }

  @Test
  default void thoseWhoWaitForAnInvalidatedLeaseAreToldToLookUpAgain() throws InterruptedException {
    Lease lease = lead(here(), "key");
    awaitOutcome(there(), "key");

    here().invalidate("key");

    assertThat(toldThere().nextEnded())
        .isEqualTo(new RecordedEvents.Ended("key", new LoadOutcome.LookAgain(lease.token())));
  }

  @Test
  default void thoseWhoWaitForAnInvalidatedRightAreToldToLookUpAgain() throws InterruptedException {
    load(here(), "key", "value");
    Lease right = leadRefresh(here(), "key");
    awaitRefresh(there(), "key");

    here().invalidate("key");

    assertThat(toldThere().nextEnded())
        .isEqualTo(new RecordedEvents.Ended("key", new LoadOutcome.LookAgain(right.token())));
  }

  @Test
  default void allNodesAreToldOfAnInvalidationAndWhoseItIs() throws InterruptedException {
    load(here(), "key", "value");

    here().invalidate("key");

    RecordedEvents.Invalidated own = toldHere().nextInvalidated();
    assertThat(own.key()).isEqualTo("key");
    assertThat(own.own()).isTrue();
    assertThat(toldThere().nextInvalidated())
        .isEqualTo(new RecordedEvents.Invalidated("key", own.partition(), own.stamp(), false));
  }

  @Test
  default void allNodesAreToldEvenIfNothingWasThere() throws InterruptedException {
    here().invalidate("key");

    assertThat(toldHere().nextInvalidated().key()).isEqualTo("key");
    assertThat(toldThere().nextInvalidated().key()).isEqualTo("key");
  }

  @Test
  default void whatWasGrantedBeforeAnInvalidationIsStampedBelowIt() throws InterruptedException {
    Lease before = lead(here(), "key");

    there().invalidate("key");

    assertThat(toldHere().nextInvalidated().stamp()).isGreaterThan(before.stamp());
  }

  @Test
  default void whatIsGrantedAfterAnInvalidationIsNotStampedBelowIt() throws InterruptedException {
    here().invalidate("key");
    long stamp = toldHere().nextInvalidated().stamp();

    assertThat(lead(there(), "key").stamp()).isGreaterThanOrEqualTo(stamp);
  }

  @Test
  default void eachInvalidationOfAKeyIsStampedAboveTheLast() throws InterruptedException {
    here().invalidate("key");
    there().invalidate("key");
    here().put("key", bytes("value"), LONG);
    there().invalidateAll(List.of("key"));

    List<Long> stamps = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      stamps.add(toldHere().nextInvalidated().stamp());
    }
    assertThat(stamps).isSorted().doesNotHaveDuplicates();
  }

  @Test
  default void aClearDoesNotTurnStampsBack() throws InterruptedException {
    here().invalidate("key");
    long before = toldHere().nextInvalidated().stamp();
    there().clear();

    here().invalidate("key");

    assertThat(toldHere().nextInvalidated().stamp()).isGreaterThan(before);
  }

  @Test
  default void severalKeysAreInvalidatedAtOnce() {
    load(here(), "value", "v");
    Lease loading = lead(here(), "loading");
    load(here(), "other", "o");

    there().invalidateAll(List.of("value", "loading", "nothing"));

    lead(here(), "value");
    assertThat(publish(here(), loading, "late")).isFalse();
    assertThat(text(find(here(), "other"))).isEqualTo("o");
  }

  @Test
  default void allNodesAreToldOfEachOfSeveralInvalidations() throws InterruptedException {
    List<String> keys = IntStream.range(0, 300).mapToObj(i -> "key-" + i).toList();

    here().invalidateAll(keys);

    Set<String> here = new HashSet<>();
    Set<String> there = new HashSet<>();
    for (int i = 0; i < keys.size(); i++) {
      RecordedEvents.Invalidated own = toldHere().nextInvalidated();
      assertThat(own.own()).isTrue();
      here.add(own.key());
      RecordedEvents.Invalidated foreign = toldThere().nextInvalidated();
      assertThat(foreign.own()).isFalse();
      there.add(foreign.key());
    }
    assertThat(here).containsExactlyInAnyOrderElementsOf(keys);
    assertThat(there).containsExactlyInAnyOrderElementsOf(keys);
  }

  @Test
  default void thoseWhoWaitAreToldOfEachOfSeveralInvalidations() throws InterruptedException {
    Lease first = lead(here(), "first");
    Lease second = lead(here(), "second");
    awaitOutcome(there(), "first");
    awaitOutcome(there(), "second");

    here().invalidateAll(List.of("first", "second"));

    Set<Id> tokens = new HashSet<>();
    tokens.add(toldThere().nextEnded().outcome().token());
    tokens.add(toldThere().nextEnded().outcome().token());
    assertThat(tokens).containsExactlyInAnyOrder(first.token(), second.token());
  }

  @Test
  default void invalidatingNoKeysTellsNobody() throws InterruptedException {
    here().invalidateAll(List.of());
    here().invalidate("marker");

    assertThat(toldThere().nextInvalidated().key()).isEqualTo("marker");
  }

  @Test
  default void nobodyIsToldToDropCopiesWhenALoadEnds() throws InterruptedException {
    String marker = TestKeys.besides("key");
    load(here(), "key", "value");
    here().release(leadRefresh(here(), "key"));
    publish(here(), leadRefresh(here(), "key"), "new");
    here().extend(leadRefresh(here(), "key"), LONG);
    here().deliver(leadRefresh(here(), "key"), bytes("for you"));

    here().invalidate(marker);

    assertThat(toldThere().nextInvalidated().key()).isEqualTo(marker);
  }

  @Test
  default void whatIsLoadedAfterAnInvalidationIsFound() {
    load(here(), "key", "old");
    there().invalidate("key");

    load(here(), "key", "new");

    assertThat(text(find(there(), "key"))).isEqualTo("new");
  }
}
