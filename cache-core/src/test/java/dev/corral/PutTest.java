package dev.corral;

import static dev.corral.TestCluster.FRESH;
import static dev.corral.TestCluster.NANO;
import static dev.corral.TestCluster.STALE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.corral.codec.StringCodec;
import dev.corral.remote.RemoteStep;
import dev.corral.stats.Stat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PutTest {

  private final TestCluster cluster = new TestCluster();
  private final TestOrigin origin = cluster.origin.set(1, "loaded");

  @Test
  void aSingleTierHoldsWhatWasPut() {
    var cache = cluster.alone().build();

    cache.put(1L, "put");

    assertThat(cache.getIfPresent(1L)).contains("put");
    assertThat(cache.get(1L, origin)).isEqualTo("put");
    cluster.ticker.advance(FRESH.plus(STALE).minus(NANO));
    assertThat(cache.getIfPresent(1L)).contains("put");
    cluster.ticker.advance(NANO);
    assertThat(cache.getIfPresent(1L)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatWasPutReplacesWhatWasHeld(boolean shared) {
    var cache = (shared ? cluster.node() : cluster.alone()).build();
    cache.get(1L, origin);

    cache.put(1L, "put");

    assertThat(cache.get(1L, origin)).isEqualTo("put");
    assertThat(origin.loads()).isOne();
  }

  @Test
  void whatWasPutIsSeenByAllNodes() {
    var cache = cluster.node().build();
    var other = cluster.node().build();
    cache.get(1L, origin);
    other.get(1L, origin);

    cache.put(1L, "put");

    assertThat(other.getIfPresent(1L)).isEmpty();
    assertThat(other.get(1L, origin)).isEqualTo("put");
    assertThat(cache.get(1L, origin)).isEqualTo("put");
    assertThat(origin.loads()).isOne();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLoadThatWasUnderWayDoesNotReplaceIt(boolean shared) {
    var cache = (shared ? cluster.node() : cluster.alone()).build();

    String loaded =
        cache.get(
            1L,
            key -> {
              cache.put(1L, "put");
              return "loaded";
            });

    assertThat(loaded).isEqualTo("loaded");
    assertThat(cache.get(1L, origin)).isEqualTo("put");
    assertThat(cache.stats().get(Stat.PUBLISH_REFUSED)).isEqualTo(shared ? 1 : 0);
  }

  @Test
  void aPutTakesOneRoundTrip() {
    var cache = cluster.node().build();

    cache.put(1L, "put");

    assertThat(cluster.server.countOf(RemoteStep.PUT)).isOne();
    assertThat(cluster.server.countOfAll()).isOne();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatIsNotToBeKeptVoidsWhatWasHeld(boolean shared) {
    CacheBuilder<Long, String> options =
        cluster
            .bare(Long.class, String.class)
            .freshness(
                (key, value) ->
                    value.equals("secret") ? Freshness.uncached() : Freshness.fresh(FRESH));
    if (shared) {
      options.remote(cluster.server.newNode(), StringCodec.utf8());
    }
    var cache = options.build();
    cache.get(1L, origin);

    cache.put(1L, "secret");

    assertThat(cache.getIfPresent(1L)).isEmpty();
    assertThat(cache.get(1L, origin)).isEqualTo("loaded");
    assertThat(origin.loads()).isEqualTo(2);
    assertThat(cluster.server.countOf(RemoteStep.PUT)).isZero();
    assertThat(cluster.server.countOf(RemoteStep.INVALIDATE)).isEqualTo(shared ? 1 : 0);
  }

  @Test
  void aPutThatTheRemoteTierDoesNotTakeIsReported() {
    var cache = cluster.node().onUndelivered(Undelivered.THROW).build();
    cache.get(1L, origin);
    cluster.server.failNext(1);

    assertThatExceptionOfType(UndeliveredException.class)
        .isThrownBy(() -> cache.put(1L, "put"))
        .satisfies(e -> assertThat(e.keys()).containsExactly(1L));

    assertThat(cache.getIfPresent(1L)).isEmpty();
  }

  @Test
  @SuppressWarnings("NullAway") // that is what the test is about
  void nullIsNoValueAndNoKey() {
    var cache = cluster.alone().build();

    assertThatNullPointerException().isThrownBy(() -> cache.put(1L, null)).withMessage("value");
    assertThatNullPointerException().isThrownBy(() -> cache.put(null, "a"));
    assertThat(cache.estimatedSize()).isZero();
  }
}
