package dev.corral.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

/** What each part of the contract works with: one region, as two nodes see it. */
interface TwoNodes {

  /** A lease or life during which no test ends. */
  Duration LONG = Duration.ofMinutes(5);

  /** A life during which no test ends either. */
  Duration ONE_MINUTE = Duration.ofMinutes(1);

  /** A lease or life of which a test waits for the end. */
  Duration SHORT = Duration.ofMillis(100);

  /** A lease or life during which a test takes one more step, even on a slow machine. */
  Duration MEDIUM = Duration.ofMillis(300);

  /** Returns a new node of the one server. */
  RemoteStore newNode();

  /** Lets at least this much time pass by the store's clock. */
  void passTime(Duration time);

  /** Returns one node's view of the region. */
  RemoteRegion here();

  /** Returns another node's view of the same region. */
  RemoteRegion there();

  /** Returns what {@link #here} was told. */
  RecordedEvents toldHere();

  /** Returns what {@link #there} was told. */
  RecordedEvents toldThere();

  /** Opens a region on a new node, which is closed after the test. */
  RemoteRegion openOnNewNode(String name, RemoteEvents events);

  /** Returns the name of the region. */
  String regionName();

  /** Lets a lease, life or back-off run out. */
  default void outlast(Duration time) {
    passTime(time.plusMillis(20));
  }

  /** Looks a key up, which must be granted. */
  default Lease lead(RemoteRegion region, String key) {
    return lead(region, key, LONG);
  }

  /** Looks a key up, which must be granted. */
  default Lease lead(RemoteRegion region, String key, Duration leaseTime) {
    return TwoNodes.granted(region.lookUp(key, leaseTime));
  }

  /** Takes the right to refresh a value, which must be granted. */
  default Lease leadRefresh(RemoteRegion region, String key) {
    return leadRefresh(region, key, LONG);
  }

  /** Takes the right to refresh a value, which must be granted. */
  default Lease leadRefresh(RemoteRegion region, String key, Duration leaseTime) {
    return TwoNodes.granted(TwoNodes.refreshable(region.lookUpToRefresh(key, leaseTime)).right());
  }

  /** Loads and publishes a value, and returns the lease that it took. */
  default Lease load(RemoteRegion region, String key, String value) {
    return load(region, key, value, LONG);
  }

  /** Loads and publishes a value, and returns the lease that it took. */
  default Lease load(RemoteRegion region, String key, String value, Duration life) {
    Lease lease = lead(region, key);
    assertThat(region.publish(new Publication(lease, TwoNodes.bytes(value), life)))
        .isEqualTo(PublishAnswer.STORED);
    return lease;
  }

  /** Looks a key up, which must be there. */
  default StoredValue find(RemoteRegion region, String key) {
    Lookup answer = region.lookUp(key, LONG);
    assertThat(answer).isInstanceOf(Lookup.Found.class);
    return ((Lookup.Found) answer).value();
  }

  /** Looks a key up in a batch, which must find it. */
  default StoredValue findInBatch(RemoteRegion region, String key) {
    Lookup answer = region.lookUpAll(List.of(key), LONG).get(0);
    assertThat(answer).isInstanceOf(Lookup.Found.class);
    return ((Lookup.Found) answer).value();
  }

  /** Registers a node for the outcome of the load that another one runs. */
  default void awaitOutcome(RemoteRegion region, String key) {
    assertThat(region.await(key, TwoNodes.taken(region.lookUp(key, LONG)))).isPresent();
  }

  /** Registers a node for the outcome of the refresh that another one runs. */
  default void awaitRefresh(RemoteRegion region, String key) {
    Lookup.Taken taken =
        TwoNodes.taken(TwoNodes.refreshable(region.lookUpToRefresh(key, LONG)).right());
    assertThat(region.await(key, taken)).isPresent();
  }

  /** Publishes with the given lease, and a long life, and returns whether that was stored. */
  default boolean publish(RemoteRegion region, Lease lease, String value) {
    return region.publish(new Publication(lease, TwoNodes.bytes(value), LONG))
        == PublishAnswer.STORED;
  }

  /** Lets a node wait for a load of its own, and so shows that nothing came before its outcome. */
  default void assertNothingToldBeforeMarker(RemoteRegion region, RecordedEvents told)
      throws InterruptedException {
    Lease marker = lead(region, "marker");
    awaitOutcome(region, "marker");
    region.release(marker);

    assertThat(told.nextEnded())
        .isEqualTo(new RecordedEvents.Ended("marker", new LoadOutcome.LookAgain(marker.token())));
  }

  /** Returns the lease of an answer, which must be granted. */
  static Lease granted(Lookup answer) {
    assertThat(answer).isInstanceOf(Lookup.Granted.class);
    return ((Lookup.Granted) answer).lease();
  }

  /** Returns an answer that must be taken. */
  static Lookup.Taken taken(Lookup answer) {
    assertThat(answer).isInstanceOf(Lookup.Taken.class);
    return (Lookup.Taken) answer;
  }

  /** Returns an answer that must be a value with a right. */
  static Lookup.Refreshable refreshable(Lookup answer) {
    assertThat(answer).isInstanceOf(Lookup.Refreshable.class);
    return (Lookup.Refreshable) answer;
  }

  /** Returns an answer that must be backing off. */
  static Lookup.BackingOff backingOff(Lookup answer) {
    assertThat(answer).isInstanceOf(Lookup.BackingOff.class);
    return (Lookup.BackingOff) answer;
  }

  /** Returns a text as bytes. */
  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /** Returns the text of a value. */
  static String text(StoredValue value) {
    return new String(value.bytes(), UTF_8);
  }
}
