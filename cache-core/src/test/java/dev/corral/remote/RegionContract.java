package dev.corral.remote;

import static dev.corral.remote.TwoNodes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

/** The contract of opening and closing stores and regions. */
interface RegionContract extends TwoNodes {

  @Test
  default void regionsOfDifferentNamesShareNothing() throws InterruptedException {
    RecordedEvents toldOther = new RecordedEvents();
    RemoteRegion other = openOnNewNode(regionName() + ".x", toldOther);
    toldOther.awaitSubscribed();
    load(here(), "key", "value");

    load(other, "key", "other value");
    here().invalidate("key");

    assertThat(text(find(other, "key"))).isEqualTo("other value");
    other.invalidate("key");
    assertThat(toldOther.nextInvalidated().own()).isTrue();
  }

  @Test
  default void oneStoreServesSeveralRegions() throws InterruptedException {
    try (RemoteStore node = newNode()) {
      RecordedEvents toldFirst = new RecordedEvents();
      RecordedEvents toldSecond = new RecordedEvents();
      RemoteRegion first = node.open(regionName() + ".1", toldFirst);
      RemoteRegion second = node.open(regionName() + ".2", toldSecond);
      toldFirst.awaitSubscribed();
      toldSecond.awaitSubscribed();

      load(first, "key", "one");
      load(second, "key", "two");
      first.invalidate("first");
      second.invalidate("second");

      assertThat(text(find(first, "key"))).isEqualTo("one");
      assertThat(text(find(second, "key"))).isEqualTo("two");
      assertThat(toldFirst.nextInvalidated().key()).isEqualTo("first");
      assertThat(toldSecond.nextInvalidated().key()).isEqualTo("second");
    }
  }

  @Test
  default void aRegionOutlivesTheNodesThatOpenedIt() {
    try (RemoteStore node = newNode()) {
      load(node.open(regionName(), new RecordedEvents()), "key", "value");
    }

    assertThat(text(find(here(), "key"))).isEqualTo("value");
  }

  @Test
  default void aClosedRegionIsToldNothing() throws InterruptedException {
    there().close();

    here().invalidate("key");
    here().clear();

    toldHere().nextInvalidated();
    toldHere().nextCleared();
    assertThat(toldThere().isEmpty()).isTrue();
  }

  @Test
  default void theRegionsOfAClosedStoreAreToldNothing() throws InterruptedException {
    RecordedEvents told = new RecordedEvents();
    try (RemoteStore node = newNode()) {
      node.open(regionName(), told);
      told.awaitSubscribed();
    }

    here().invalidate("key");

    toldHere().nextInvalidated();
    assertThat(told.isEmpty()).isTrue();
  }

  @Test
  default void closingARegionLeavesTheOtherRegionsOfItsStoreListening()
      throws InterruptedException {
    try (RemoteStore node = newNode()) {
      RecordedEvents told = new RecordedEvents();
      RemoteRegion kept = node.open(regionName() + ".kept", told);
      RemoteRegion closed = node.open(regionName() + ".closed", new RecordedEvents());
      told.awaitSubscribed();

      closed.close();
      kept.invalidate("key");

      assertThat(told.nextInvalidated().key()).isEqualTo("key");
    }
  }

  @Test
  default void theLeasesOfAClosedRegionAreLeftToExpire() {
    Lease lease = lead(there(), "key", MEDIUM);

    there().close();

    Lookup.Taken taken = TwoNodes.taken(here().lookUp("key", LONG));
    assertThat(taken.token()).isEqualTo(lease.token());
    outlast(MEDIUM);
    lead(here(), "key");
  }

  @Test
  default void closingARegionTwiceIsHarmless() {
    there().close();
    there().close();

    lead(here(), "key");
  }

  @Test
  default void closingAStoreTwiceIsHarmless() {
    RemoteStore node = newNode();
    RemoteRegion region = node.open(regionName(), new RecordedEvents());

    node.close();
    node.close();
    region.close();

    lead(here(), "key");
  }

  @Test
  default void aClosedRegionMayBeOpenedAgain() throws InterruptedException {
    try (RemoteStore node = newNode()) {
      node.open(regionName(), new RecordedEvents()).close();
      RecordedEvents told = new RecordedEvents();
      RemoteRegion again = node.open(regionName(), told);
      told.awaitSubscribed();

      here().invalidate("key");
      load(again, "key", "value");

      assertThat(told.nextInvalidated().key()).isEqualTo("key");
      assertThat(text(find(here(), "key"))).isEqualTo("value");
    }
  }

  @Test
  default void aClosedStoreOpensNoRegion() {
    RemoteStore node = newNode();
    node.close();

    assertThatIllegalStateException()
        .isThrownBy(() -> node.open(regionName(), new RecordedEvents()));
  }
}
