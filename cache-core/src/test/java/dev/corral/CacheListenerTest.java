package dev.corral;

import static dev.corral.TestCluster.FRESH;
import static dev.corral.TestCluster.NANO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CacheListenerTest {

  private final TestCluster cluster = new TestCluster();
  private final TestOrigin origin = cluster.origin.set(1, "a").costs(Duration.ofMillis(3));
  private final RecordedListener listener = new RecordedListener();
  private final TieredCache<Long, String> cache = cluster.node().listener(listener).build();
  private final TieredCache<Long, String> other = cluster.node().build();

  @BeforeEach
  void forgetTheBeginning() {
    listener.news();
  }

  @Test
  void aLoadIsToldWithValueAndCost() {
    cache.get(1L, origin);
    cache.get(2L, origin);

    assertThat(listener.news()).containsExactly("loaded 1 a PT0.003S", "loaded 2 null PT0.003S");
  }

  @Test
  void aLoadOfSeveralKeysIsToldOfEach() {
    cache.getAll(List.of(1L, 2L), origin);

    assertThat(listener.news()).containsExactly("loaded 1 a PT0.003S", "loaded 2 null PT0.003S");
  }

  @Test
  void aFailureIsToldAsTheLoaderThrewIt() {
    origin.failWith(new IOException("down"));
    assertThatThrownBy(() -> cache.get(1L, origin));
    assertThatThrownBy(() -> cache.getAll(List.of(2L, 3L), origin));

    assertThat(listener.news())
        .containsExactly(
            "loadFailed 1 down PT0.003S",
            "loadFailed 2 down PT0.003S",
            "loadFailed 3 down PT0.003S");
  }

  @Test
  void aFailureThatTheClusterRemembersIsNotToldAgain() {
    assertThatThrownBy(() -> cache.get(1L, origin.failWith(new IOException("down"))));
    listener.news();

    assertThatThrownBy(() -> cache.get(1L, origin));

    assertThat(listener.news()).isEmpty();
  }

  @Test
  void aHitIsNotTold() {
    cache.get(1L, origin);
    listener.news();

    cache.get(1L, origin);
    cache.getIfPresent(1L);

    assertThat(listener.news()).isEmpty();
  }

  @Test
  void aStaleValueIsToldWithHowStaleItIsAndThenItsRefresh() {
    cache.get(1L, origin);
    cluster.advance(FRESH);
    cluster.ticker.advance(NANO);
    listener.news();

    cache.get(1L, origin);

    assertThat(listener.news())
        .containsExactly("staleServed 1 PT0.000000001S", "refreshStarted 1", "loaded 1 a PT0.003S");
  }

  @Test
  void aStaleValueOfTheRemoteTierIsToldToo() {
    other.get(1L, origin);
    cluster.advance(FRESH.plusMillis(2));

    cache.get(1L, origin);

    assertThat(listener.news())
        .containsExactly("staleServed 1 PT0.002S", "refreshStarted 1", "loaded 1 a PT0.003S");
  }

  @Test
  void staleValuesAmongSeveralKeysAreToldToo() {
    other.get(1L, origin);
    cluster.advance(FRESH.plusMillis(2));

    cache.getAll(List.of(1L), origin);

    assertThat(listener.news())
        .containsExactly("staleServed 1 PT0.002S", "refreshStarted 1", "loaded 1 a PT0.003S");
  }

  @Test
  void invalidationsAreToldWithTheirOrigin() {
    cache.invalidate(1L);
    cache.invalidateAll(List.of(2L, 3L));
    cache.invalidateAll();
    assertThat(listener.news())
        .containsExactly(
            "invalidated 1 LOCAL",
            "invalidated 2 LOCAL",
            "invalidated 3 LOCAL",
            "invalidatedAll LOCAL");

    other.invalidate(1L);
    other.invalidateAll();
    assertThat(listener.news()).containsExactly("invalidated 1 REMOTE", "invalidatedAll REMOTE");
  }

  @Test
  void aPutIsToldAsAnInvalidation() {
    cache.put(1L, "b");
    assertThat(listener.news()).containsExactly("invalidated 1 LOCAL");

    other.put(1L, "c");
    assertThat(listener.news()).containsExactly("invalidated 1 REMOTE");
  }

  @Test
  void whatIsDroppedThoughTheRemoteTierFailsIsTold() {
    cache.get(1L, origin);
    listener.news();
    cluster.server.failNext(3);

    cache.invalidate(1L);
    cache.put(2L, "b");
    cache.invalidateAll();

    assertThat(listener.news())
        .containsExactly(
            "remoteDown The test lets this step fail: INVALIDATE",
            "invalidationPending [1]",
            "invalidated 1 LOCAL",
            "invalidationPending [2]",
            "invalidated 2 LOCAL",
            "invalidationPending []",
            "invalidatedAll LOCAL");
  }

  @Test
  void aMissedMessageIsToldWithItsPartition() {
    cache.get(1L, origin);
    listener.news();
    cluster.server.disconnect();
    other.invalidate(1L);
    assertThat(listener.news()).isEmpty();

    cluster.server.reconnect();

    assertThat(listener.news()).containsExactly("partitionSuspected " + Neighbours.partitionOf(1));
  }

  @Test
  void aValueThatTheRemoteTierRefusesIsTold() {
    cache.get(
        1L,
        key -> {
          other.put(key, "b");
          return "a";
        });

    assertThat(listener.news())
        .containsExactly("invalidated 1 REMOTE", "loaded 1 a PT0S", "publishRefused 1");
  }

  @Test
  void theRemoteTierIsToldWhenItsStateChanges() {
    cluster.server.fail(true);
    cache.get(1L, origin);
    cache.get(2L, origin);
    assertThat(listener.news())
        .containsExactly(
            "remoteDown The test lets this step fail: LOOK_UP",
            "loaded 1 a PT0.003S",
            "loaded 2 null PT0.003S");

    cluster.server.fail(false);
    cache.get(3L, origin);
    cache.get(4L, origin);
    assertThat(listener.news())
        .containsExactly("remoteUp", "loaded 3 null PT0.003S", "loaded 4 null PT0.003S");
  }

  @Test
  void aListenerMayLeaveOutWhatItDoesNotWant() {
    var quiet = cluster.node().listener(new CacheListener<>() {}).build();

    quiet.get(1L, origin);
    cluster.advance(FRESH);
    quiet.get(1L, origin);
    quiet.put(1L, "b");
    quiet.invalidateAll();
    cluster.server.failNext(1);
    quiet.get(1L, origin.set(1, "c"));

    assertThat(quiet.getIfPresent(1L)).contains("c");
  }

  /** Throws whatever it is asked to, at every event. */
  private record Throwing(Supplier trouble) implements CacheListener<Object, Object> {

    private interface Supplier {
      Throwable get();
    }

    @Override
    public void loaded(Object key, @Nullable Object value, Duration cost) {
      Throwing.<RuntimeException>sneak(trouble.get());
    }

    @Override
    public void loadFailed(Object key, Throwable failure, Duration cost) {
      Throwing.<RuntimeException>sneak(trouble.get());
    }

    @Override
    public void staleServed(Object key, Duration staleFor) {
      Throwing.<RuntimeException>sneak(trouble.get());
    }

    @Override
    public void refreshStarted(Object key) {
      Throwing.<RuntimeException>sneak(trouble.get());
    }

    @Override
    public void invalidated(Object key, InvalidationOrigin origin) {
      Throwing.<RuntimeException>sneak(trouble.get());
    }

    @Override
    public void invalidatedAll(InvalidationOrigin origin) {
      Throwing.<RuntimeException>sneak(trouble.get());
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // what Kotlin does unasked
    private static <T extends Throwable> void sneak(Throwable trouble) throws T {
      throw (T) trouble;
    }
  }

  @Test
  void aListenerThatThrowsHarmsNobody() {
    var troubles =
        List.<Throwing.Supplier>of(
            () -> new IllegalStateException("listener"),
            () -> new IOException("listener"),
            () -> new NoSuchMethodError("listener"));
    for (var trouble : troubles) {
      TestCluster fresh = new TestCluster();
      RecordedListener after = new RecordedListener();
      var node = fresh.node().listener(new Throwing(trouble)).listener(after).build();
      after.news();
      var peer = fresh.node().build();

      assertThat(node.get(1L, fresh.origin.set(1, "a"))).isEqualTo("a");
      fresh.advance(FRESH);
      assertThat(node.get(1L, fresh.origin.set(1, "b"))).isEqualTo("a");
      assertThat(node.get(1L, fresh.origin)).isEqualTo("b");
      peer.invalidate(1L);
      assertThat(node.getIfPresent(1L)).isEmpty();
      node.put(1L, "c");
      node.invalidateAll();
      assertThat(node.stats().get(dev.corral.stats.Stat.LOAD_FAILURE)).isZero();

      assertThat(after.news())
          .containsExactly(
              "loaded 1 a PT0S",
              "staleServed 1 PT0S",
              "refreshStarted 1",
              "loaded 1 b PT0S",
              "invalidated 1 REMOTE",
              "invalidated 1 LOCAL",
              "invalidatedAll LOCAL");
    }
  }
}
