package dev.corral;

import static dev.corral.TestCluster.FRESH;
import static dev.corral.TestCluster.NANO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.remote.RemoteStep;
import dev.corral.stats.Stat;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AbsentValuesTest {

  private static final Duration ABSENT = Duration.ofSeconds(2);

  private final TestCluster cluster = new TestCluster();
  private final TestOrigin origin = cluster.origin;

  @Test
  void absenceIsAskedForAnewEachTimeUnlessItIsToBeRemembered() {
    var cache = cluster.node().build();

    assertThat(cache.get(1L, origin)).isNull();
    assertThat(cache.get(1L, origin)).isNull();

    assertThat(origin.loads()).isEqualTo(2);
    assertThat(cluster.server.countOf(RemoteStep.PUBLISH)).isZero();
  }

  @Test
  void absenceIsRememberedForItsTime() {
    var cache = cluster.alone().absentFor(ABSENT).build();

    assertThat(cache.get(1L, origin)).isNull();
    cluster.ticker.advance(ABSENT.minus(NANO));
    assertThat(cache.get(1L, origin.set(1, "a"))).isNull();
    assertThat(cache.stats().get(Stat.LOCAL_HIT)).isOne();

    cluster.ticker.advance(NANO);
    assertThat(cache.get(1L, origin)).isEqualTo("a");
    assertThat(origin.loads()).isEqualTo(2);
  }

  @Test
  void absenceIsToldToOtherNodes() {
    cluster.node().absentFor(ABSENT).build().get(1L, origin);
    var other = cluster.node().build();

    assertThat(other.get(1L, origin)).isNull();
    assertThat(other.get(1L, origin)).isNull();

    assertThat(origin.loads()).isOne();
    assertThat(other.stats().get(Stat.REMOTE_HIT)).isOne();
    assertThat(other.stats().get(Stat.LOCAL_HIT)).isOne();
  }

  @Test
  void absenceIsNotPresent() {
    var cache = cluster.alone().absentFor(ABSENT).build();
    cache.get(1L, origin);

    assertThat(cache.getIfPresent(1L)).isEmpty();
  }

  @Test
  void keysWithoutAValueAreLeftOutOfTheAnswerForSeveral() {
    var cache = cluster.node().absentFor(ABSENT).build();
    origin.set(2, "b");

    assertThat(cache.getAll(List.of(1L, 2L, 3L), origin)).containsExactly(Map.entry(2L, "b"));
    assertThat(cache.getAll(List.of(1L, 2L, 3L), origin)).containsExactly(Map.entry(2L, "b"));
    assertThat(cluster.node().build().getAll(List.of(1L, 2L, 3L), origin))
        .containsExactly(Map.entry(2L, "b"));

    assertThat(origin.loads()).isOne();
  }

  @Test
  void aValueThatTheOriginNoLongerHasIsNotServedAnyMore() {
    var cache = cluster.alone().build();
    cache.get(1L, origin.set(1, "a"));
    cluster.ticker.advance(FRESH);

    cache.get(1L, origin.remove(1));

    assertThat(cache.getIfPresent(1L)).isEmpty();
    assertThat(cache.get(1L, origin)).isNull();
  }

  @Test
  void aValueThatTheOriginNoLongerHasIsNotServedByAnyNode() {
    var cache = cluster.node().build();
    var other = cluster.node().build();
    cache.get(1L, origin.set(1, "a"));
    other.get(1L, origin);
    cluster.advance(FRESH);

    cache.get(1L, origin.remove(1));

    assertThat(cache.get(1L, origin)).isNull();
    assertThat(other.get(1L, origin)).isNull();
  }

  @Test
  void whoeverAskedForTheTruthIsNotContradictedLater() throws Exception {
    var cache = cluster.node().build();
    cache.get(1L, origin.set(1, "a"));
    cluster.advance(Duration.ofMillis(1));

    assertThat(cache.get(1L, Duration.ZERO, origin.remove(1))).isNull();
    assertThat(cache.get(1L, origin)).isNull();

    cache.get(1L, origin.set(1, "b"));
    cluster.advance(Duration.ofMillis(1));
    assertThat(cache.refresh(1L, origin.remove(1)).get()).isNull();
    assertThat(cache.getIfPresent(1L)).isEmpty();
  }

  @Test
  void aRememberedAbsenceReplacesAValue() {
    var cache = cluster.node().absentFor(ABSENT).build();
    var other = cluster.node().build();
    cache.get(1L, origin.set(1, "a"));
    cluster.advance(FRESH);

    cache.get(1L, origin.remove(1));

    assertThat(cache.get(1L, origin)).isNull();
    assertThat(other.get(1L, origin)).isNull();
    assertThat(origin.loads()).isEqualTo(2);
  }

  @Test
  void aValueReplacesARememberedAbsence() {
    var cache = cluster.node().absentFor(ABSENT).build();
    cache.get(1L, origin);

    cache.put(1L, "a");

    assertThat(cache.get(1L, origin)).isEqualTo("a");
  }
}
