package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.corral.remote.RemoteStep;
import dev.corral.stats.Stat;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvalidateTest {

  private final TestCluster cluster = new TestCluster();
  private final TestOrigin origin = cluster.origin.set(1, "a").set(2, "b").set(3, "c");

  private TieredCache<Long, String> filled(CacheBuilder<Long, String> options) {
    var cache = options.build();
    cache.getAll(List.of(1L, 2L, 3L), origin);
    return cache;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aKeyIsDropped(boolean shared) {
    var cache = filled(shared ? cluster.node() : cluster.alone());

    cache.invalidate(1L);

    assertThat(cache.getIfPresent(1L)).isEmpty();
    assertThat(cache.getIfPresent(2L)).isPresent();
    assertThat(cache.get(1L, origin.set(1, "new"))).isEqualTo("new");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void severalKeysAreDropped(boolean shared) {
    var cache = filled(shared ? cluster.node() : cluster.alone());

    cache.invalidateAll(List.of(1L, 3L, 1L));

    assertThat(cache.getIfPresent(1L)).isEmpty();
    assertThat(cache.getIfPresent(2L)).isPresent();
    assertThat(cache.getIfPresent(3L)).isEmpty();
    assertThat(cache.stats().get(Stat.INVALIDATION_SENT)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void allKeysAreDropped(boolean shared) {
    var cache = filled(shared ? cluster.node() : cluster.alone());

    cache.invalidateAll();

    assertThat(cache.estimatedSize()).isZero();
    assertThat(cache.get(1L, origin.set(1, "new"))).isEqualTo("new");
    assertThat(cache.stats().get(Stat.INVALIDATION_SENT)).isOne();
  }

  @Test
  void otherNodesAndTheRemoteTierDropAKey() {
    assertDroppedEverywhere(cache -> cache.invalidate(1L), RemoteStep.INVALIDATE);
  }

  @Test
  void otherNodesAndTheRemoteTierDropSeveralKeys() {
    assertDroppedEverywhere(
        cache -> cache.invalidateAll(List.of(1L, 2L)), RemoteStep.INVALIDATE_ALL);
  }

  @Test
  void otherNodesAndTheRemoteTierDropAllKeys() {
    assertDroppedEverywhere(TieredCache::invalidateAll, RemoteStep.CLEAR);
  }

  private void assertDroppedEverywhere(
      Consumer<TieredCache<Long, String>> invalidation, RemoteStep step) {
    var cache = filled(cluster.node());
    var other = filled(cluster.node());
    cluster.server.resetCounts();

    invalidation.accept(cache);

    assertThat(cluster.server.countOf(step)).isOne();
    assertThat(cluster.server.countOfAll()).isOne();
    assertThat(cache.getIfPresent(1L)).isEmpty();
    assertThat(other.getIfPresent(1L)).isEmpty();
    assertThat(cluster.node().build().get(1L, origin.set(1, "new"))).isEqualTo("new");
    assertThat(other.get(1L, origin)).isEqualTo("new");
  }

  @Test
  void nothingToInvalidateAsksNobody() {
    var cache = cluster.node().build();

    cache.invalidateAll(List.of());

    assertThat(cluster.server.countOfAll()).isZero();
    assertThat(TestCluster.counts(cache)).isEmpty();
  }

  @Test
  void aKeyThatNobodyHoldsMayBeInvalidated() {
    var cache = cluster.node().build();

    cache.invalidate(7L);

    assertThat(cluster.server.countOf(RemoteStep.INVALIDATE)).isOne();
  }

  @Test
  void otherCachesOfTheStoreAreLeftAlone() {
    var store = cluster.server.newNode();
    var utf8 = dev.corral.codec.StringCodec.utf8();
    var cache = filled(cluster.alone().remote(store, utf8));
    var namesake =
        TieredCache.<Long, String>builder("customers")
            .freshFor(TestCluster.FRESH)
            .ticker(cluster.ticker)
            .scheduler(cluster.scheduler)
            .remote(store, utf8)
            .build();
    namesake.put(1L, "somebody");
    namesake.get(1L, origin);

    cache.invalidate(1L);
    cache.invalidateAll();

    assertThat(namesake.getIfPresent(1L)).contains("somebody");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLoadThatWasUnderWayIsNotKept(boolean shared) {
    var cache = (shared ? cluster.node() : cluster.alone()).build();

    assertThat(
            cache.get(
                1L,
                key -> {
                  cache.invalidate(key);
                  return "old";
                }))
        .isEqualTo("old");

    assertThat(cache.getIfPresent(1L)).isEmpty();
    assertThat(cache.get(1L, origin)).isEqualTo("a");
  }

  @Test
  void anInvalidationThatTheRemoteTierDoesNotTakeIsReported() {
    var cache = filled(cluster.node().onUndelivered(Undelivered.THROW));
    cluster.server.failNext(2);

    assertThatExceptionOfType(UndeliveredException.class)
        .isThrownBy(() -> cache.invalidate(1L))
        .satisfies(e -> assertThat(e.keys()).containsExactly(1L));
    assertThatExceptionOfType(UndeliveredException.class)
        .isThrownBy(() -> cache.invalidateAll(List.of(2L, 3L)))
        .satisfies(e -> assertThat(e.keys()).containsExactly(2L, 3L));
    assertThat(cache.estimatedSize()).isZero();

    cache.get(1L, origin);
    cluster.server.failNext(1);
    assertThatExceptionOfType(UndeliveredException.class)
        .isThrownBy(cache::invalidateAll)
        .satisfies(e -> assertThat(e.keys()).isEmpty());
    assertThat(cache.estimatedSize()).isZero();
  }

  @Test
  @SuppressWarnings("NullAway") // that is what the test is about
  void nullIsNoKey() {
    var cache = filled(cluster.node());

    assertThatNullPointerException().isThrownBy(() -> cache.invalidate(null));
    assertThatNullPointerException().isThrownBy(() -> cache.invalidateAll(Arrays.asList(1L, null)));
    assertThat(cache.getIfPresent(1L)).isPresent();
  }
}
