package dev.corral;

import static dev.corral.TestCluster.FRESH;
import static dev.corral.TestCluster.NANO;
import static dev.corral.TestCluster.STALE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.corral.remote.InMemoryRemoteServer;
import dev.corral.remote.RemoteStep;
import dev.corral.stats.Stat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContextLoaderTest {

  private final TestCluster cluster = new TestCluster();
  private final TestOrigin origin = cluster.origin.set(1, "a");
  private final InMemoryRemoteServer server = cluster.server;
  private final List<Optional<String>> previous = new ArrayList<>();

  private final ContextLoader<Long, String> conditional =
      (key, context) -> {
        previous.add(context.previous());
        return context.previous().isPresent() ? context.notModified() : origin.load(key);
      };

  @Test
  void theFirstLoadHasNoPreviousValue() {
    cluster.node().build().get(1L, conditional);

    assertThat(previous).containsExactly(Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aStaleValueIsThePreviousOne(boolean shared) {
    var cache = (shared ? cluster.node() : cluster.alone()).build();
    cache.get(1L, conditional);
    cluster.advance(FRESH);

    cache.get(1L, conditional);

    assertThat(previous).containsExactly(Optional.empty(), Optional.of("a"));
  }

  @Test
  void aValueThatIsGoneMayStillServeForComparison() {
    var cache = cluster.alone().build();
    cache.get(1L, conditional);
    cluster.advance(FRESH.plus(STALE));

    assertThat(cache.get(1L, conditional)).isEqualTo("a");

    assertThat(previous).containsExactly(Optional.empty(), Optional.of("a"));
    assertThat(cache.get(1L, origin)).isEqualTo("a");
    assertThat(origin.loads()).isOne();
  }

  @Test
  void aNodeThatHoldsNothingGetsThePreviousValueFromTheRemoteTier() {
    cluster.node().build().get(1L, conditional);
    cluster.advance(FRESH);

    cluster.node().build().get(1L, conditional);

    assertThat(previous).containsExactly(Optional.empty(), Optional.of("a"));
  }

  @Test
  void aFreshValueIsThePreviousOneForWhoeverWantsANewerOne() {
    var cache = cluster.node().build();
    cache.get(1L, conditional);
    cluster.advance(Duration.ofSeconds(1));

    cache.get(1L, Duration.ZERO, conditional);
    cluster.advance(Duration.ofSeconds(1));
    cache.refresh(1L, conditional).join();

    assertThat(previous).containsExactly(Optional.empty(), Optional.of("a"), Optional.of("a"));
  }

  @Test
  void whatWasInvalidatedIsNoPreviousValue() {
    var cache = cluster.node().build();
    cache.get(1L, conditional);
    cluster.advance(FRESH);

    cluster.node().build().invalidate(1L);
    cache.get(1L, conditional);

    assertThat(previous).containsExactly(Optional.empty(), Optional.empty());
  }

  @Test
  void absenceIsNoPreviousValue() {
    var cache = cluster.node().absentFor(Duration.ofSeconds(1)).build();
    cache.get(2L, conditional);
    cluster.advance(Duration.ofSeconds(1));

    cache.get(2L, conditional);

    assertThat(previous).containsExactly(Optional.empty(), Optional.empty());
  }

  @Test
  void notModifiedBeginsAnotherLifeWithoutSendingTheValueAgain() {
    var cache = cluster.node().build();
    var other = cluster.node().build();
    cache.get(1L, conditional);
    cluster.advance(FRESH);
    server.resetCounts();

    cache.get(1L, conditional);

    assertThat(server.countOf(RemoteStep.EXTEND)).isOne();
    assertThat(server.countOf(RemoteStep.PUBLISH)).isZero();
    assertThat(origin.loads()).isOne();
    cluster.advance(FRESH.minusMillis(1));
    assertThat(cache.get(1L, conditional)).isEqualTo("a");
    assertThat(other.get(1L, conditional)).isEqualTo("a");
    assertThat(cache.stats().get(Stat.LOCAL_HIT)).isOne();
    assertThat(other.stats().get(Stat.REMOTE_HIT)).isOne();
    assertThat(previous).hasSize(2);
  }

  @Test
  void notModifiedBeginsAnotherLifeInASingleTier() {
    var cache = cluster.alone().build();
    cache.get(1L, conditional);
    cluster.advance(FRESH);
    cache.get(1L, conditional);

    cluster.advance(FRESH.minus(NANO.multipliedBy(1_000_000)));

    cache.get(1L, conditional);
    assertThat(cache.stats().get(Stat.LOCAL_HIT)).isOne();
    assertThat(previous).hasSize(2);
  }

  @Test
  void aPreviousValueThatOnlyThisNodeHoldsIsPublishedWhenConfirmed() {
    var cache = cluster.node().build();
    cache.get(1L, conditional);
    cluster.advance(FRESH.plus(STALE));
    server.resetCounts();

    assertThat(cache.get(1L, conditional)).isEqualTo("a");

    assertThat(server.countOf(RemoteStep.PUBLISH)).isOne();
    assertThat(server.countOf(RemoteStep.EXTEND)).isZero();
    assertThat(cluster.node().build().get(1L, conditional)).isEqualTo("a");
    assertThat(origin.loads()).isOne();
  }

  @Test
  void withoutAPreviousValueThereIsNothingToConfirm() {
    var cache = cluster.alone().build();

    assertThatExceptionOfType(LoadFailedException.class)
        .isThrownBy(() -> cache.get(1L, (key, context) -> context.notModified()))
        .withCauseExactlyInstanceOf(IllegalStateException.class)
        .withStackTraceContaining("notModified needs a previous value, and there is none");
  }

  @Test
  void whoeverSaysNotModifiedAndReturnsSomethingElseHasLoadedThat() {
    var cache = cluster.node().build();
    cache.get(1L, conditional);
    cluster.advance(FRESH);
    server.resetCounts();

    cache.get(
        1L,
        (key, context) -> {
          context.notModified();
          return "b";
        });

    assertThat(cache.getIfPresent(1L)).contains("b");
    assertThat(server.countOf(RemoteStep.PUBLISH)).isOne();
    assertThat(server.countOf(RemoteStep.EXTEND)).isZero();
  }

  @Test
  void whoeverReturnsThePreviousValueWithoutAWordHasLoadedIt() {
    var cache = cluster.node().build();
    cache.get(1L, conditional);
    cluster.advance(FRESH);
    server.resetCounts();

    cache.get(1L, (key, context) -> context.previous().orElseThrow());

    assertThat(server.countOf(RemoteStep.PUBLISH)).isOne();
    assertThat(server.countOf(RemoteStep.EXTEND)).isZero();
  }

  @Test
  void aLoaderDecidesHowLongItsValueIsFresh() {
    var cache = cluster.node().build();
    cache.get(
        1L,
        (key, context) -> {
          context.freshFor(Duration.ofSeconds(2));
          return "a";
        });

    cluster.ticker.advance(Duration.ofSeconds(2).minus(NANO));
    assertThat(cache.getIfPresent(1L)).contains("a");
    cluster.ticker.advance(NANO);
    assertThat(cache.getIfPresent(1L)).isEmpty();
  }

  @Test
  void theLastDecisionCounts() {
    var cache = cluster.alone().build();
    cache.get(
        1L,
        (key, context) -> {
          context.freshFor(Duration.ofSeconds(2));
          context.freshness(
              Freshness.fresh(Duration.ofSeconds(3)).thenStale(Duration.ofSeconds(4)));
          return "a";
        });

    cluster.ticker.advance(Duration.ofSeconds(7).minus(NANO));
    assertThat(cache.getIfPresent(1L)).contains("a");
    cluster.ticker.advance(NANO);
    assertThat(cache.getIfPresent(1L)).isEmpty();
  }

  @Test
  void aLoaderMayDecideThatAbsenceIsRemembered() {
    var cache = cluster.node().build();
    cache.get(
        2L,
        (key, context) -> {
          context.freshFor(Duration.ofSeconds(2));
          return null;
        });

    assertThat(cache.get(2L, origin)).isNull();
    assertThat(origin.loads()).isZero();
  }

  @Test
  void aLoaderMayDecideThatItsValueIsNotKept() {
    var cache = cluster.node().build();

    assertThat(
            cache.get(
                1L,
                (key, context) -> {
                  context.freshness(Freshness.uncached());
                  return "a";
                }))
        .isEqualTo("a");

    assertThat(cache.getIfPresent(1L)).isEmpty();
    assertThat(server.countOf(RemoteStep.PUBLISH)).isZero();
  }

  @Test
  void aConfirmedValueMayGetAnotherFreshness() {
    var cache = cluster.node().build();
    cache.get(1L, conditional);
    cluster.advance(FRESH);

    cache.get(
        1L,
        (key, context) -> {
          context.freshFor(Duration.ofSeconds(2));
          return context.notModified();
        });

    var other = cluster.node().build();
    assertThat(other.get(1L, conditional)).isEqualTo("a");
    cluster.advance(Duration.ofSeconds(2));
    assertThat(cache.getIfPresent(1L)).isEmpty();
    assertThat(other.getIfPresent(1L)).isEmpty();
    assertThat(previous).hasSize(1);
  }

  @Test
  @SuppressWarnings("NullAway") // that is what the test is about
  void noDecisionIsNotADecision() {
    var cache = cluster.alone().build();

    assertThatExceptionOfType(LoadFailedException.class)
        .isThrownBy(
            () ->
                cache.get(
                    1L,
                    (key, context) -> {
                      context.freshness(null);
                      return "a";
                    }))
        .withCauseExactlyInstanceOf(NullPointerException.class);
  }
}
