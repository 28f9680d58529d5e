package dev.corral;

import static dev.corral.TestCluster.FRESH;
import static dev.corral.TestCluster.NANO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.remote.RemoteStep;
import dev.corral.stats.Stat;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RefreshAheadTest {

  private static final Duration COST = Duration.ofMillis(100);

  private final TestCluster cluster = new TestCluster();
  private final TestOrigin origin = cluster.origin.set(1, "a").costs(COST);

  @Test
  void aValueIsRefreshedWhenTheDrawSaysSo() {
    // 5 costs before the end, a draw makes it due from 1 - e^-5 on.
    var cache = cluster.node().refreshAhead().build();
    assertDue(cache, Duration.ofMillis(500), 1 - Math.exp(-5));
  }

  @Test
  void aGreaterBetaIsMoreEager() {
    var cache = cluster.alone().refreshAhead(2).build();
    assertDue(cache, Duration.ofMillis(500), 1 - Math.exp(-2.5));
  }

  @Test
  void aSmallerBetaIsLessEager() {
    var cache = cluster.alone().refreshAhead(0.5).build();
    assertDue(cache, Duration.ofMillis(100), 1 - Math.exp(-2));
  }

  private void assertDue(TieredCache<Long, String> cache, Duration beforeEnd, double leastDraw) {
    cache.get(1L, origin);
    cluster.advance(FRESH.minus(beforeEnd));

    cluster.random.draw(leastDraw - 1e-9);
    assertThat(cache.get(1L, origin)).isEqualTo("a");
    assertThat(origin.loads()).isOne();

    cluster.random.draw(leastDraw + 1e-9);
    assertThat(cache.get(1L, origin.set(1, "b"))).isEqualTo("a");
    assertThat(origin.loads()).isEqualTo(2);
    assertThat(cache.get(1L, origin)).isEqualTo("b");
    assertThat(cache.stats().get(Stat.STALE_HIT)).isZero();
  }

  @Test
  void theCostTravelsWithTheValue() {
    cluster.node().build().get(1L, origin);
    var other = cluster.node().refreshAhead().build();
    other.get(1L, origin);
    cluster.advance(FRESH.minusMillis(500));

    cluster.random.draw(1 - Math.exp(-5.001));
    other.get(1L, origin);

    assertThat(origin.loads()).isEqualTo(2);
  }

  @Test
  void noChanceIsGivenUntilTwelveCostsBeforeTheEnd() {
    var cache = cluster.alone().refreshAhead().build();
    cache.get(1L, origin);
    ContextLoader<Long, String> inContext = (key, context) -> origin.load(key);
    cluster.random.draw(ScriptedRandom.ALMOST_ONE);

    cluster.ticker.advance(FRESH.minusMillis(1_200).minus(NANO));
    cache.get(1L, origin);
    cache.get(1L, inContext);
    cache.get(1L, FRESH, origin);
    cache.get(1L, FRESH, inContext);
    assertThat(cache.getAsync(1L, origin)).isCompletedWithValue("a");
    assertThat(cache.getAsync(1L, inContext)).isCompletedWithValue("a");
    cache.getAll(List.of(1L), origin);
    cache.getIfPresent(1L);
    assertThat(cluster.random.draws()).isZero();
    assertThat(cache.stats().get(Stat.LOCAL_HIT)).isEqualTo(7);

    cluster.ticker.advance(NANO);
    cache.get(1L, origin);
    assertThat(cluster.random.draws()).isOne();
    assertThat(origin.loads()).isEqualTo(2);
  }

  @Test
  void withoutRefreshAheadNothingIsDrawnAtAll() {
    var cache = cluster.alone().build();
    cache.get(1L, origin);
    cluster.ticker.advance(FRESH.minus(NANO));

    cache.get(1L, origin);
    cache.get(1L, FRESH.multipliedBy(2), origin);

    assertThat(cluster.random.draws()).isZero();
    assertThat(origin.loads()).isOne();
  }

  @Test
  void aFailedEarlyRefreshIsTriedAgainWhileTheValueIsFresh() {
    var cache = cluster.alone().refreshAhead().build();
    cache.get(1L, origin);
    origin.failWith(new IOException("down")).costs(Duration.ZERO);
    // Due from 0.69 costs before the end on, and 50 of 100 ms to wait after a failure.
    cluster.random.draw(0.5);
    cluster.ticker.advance(FRESH.minusMillis(69));

    assertThat(cache.get(1L, origin)).isEqualTo("a");
    assertThat(origin.loads()).isEqualTo(2);

    cluster.ticker.advance(Duration.ofMillis(50).minus(NANO));
    cache.get(1L, origin);
    assertThat(origin.loads()).isEqualTo(2);

    cluster.ticker.advance(NANO);
    cache.get(1L, origin.recover().set(1, "b"));
    assertThat(origin.loads()).isEqualTo(3);
    assertThat(cache.get(1L, origin)).isEqualTo("b");
    assertThat(cache.stats().get(Stat.STALE_HIT)).isZero();
  }

  @Test
  void oneNodeOfTheClusterLoads() {
    var one = cluster.node().refreshAhead().build();
    var other = cluster.node().refreshAhead().build();
    one.get(1L, origin);
    other.get(1L, origin);
    cluster.advance(FRESH.minusMillis(50));
    cluster.random.draw(0.5);
    AtomicInteger loads = new AtomicInteger();

    one.get(
        1L,
        key -> {
          loads.incrementAndGet();
          // While this node is at it, the other one has the same idea.
          assertThat(other.get(key, k -> "x" + loads.incrementAndGet())).isEqualTo("a");
          return "b";
        });

    assertThat(loads).hasValue(1);
    assertThat(one.getIfPresent(1L)).contains("b");
  }

  @Test
  void whatAnotherNodeHasRefreshedIsTakenFromThere() {
    var one = cluster.node().build();
    var other = cluster.node().build();
    one.get(1L, origin.costs(Duration.ZERO));
    other.get(1L, origin);
    cluster.advance(FRESH);
    one.get(1L, origin.set(1, "b"));
    cluster.server.resetCounts();

    assertThat(other.get(1L, origin)).isEqualTo("a");
    assertThat(other.get(1L, origin)).isEqualTo("b");

    assertThat(origin.loads()).isEqualTo(2);
    assertThat(cluster.server.countOf(RemoteStep.LOOK_UP_TO_REFRESH)).isOne();
    assertThat(cluster.server.countOf(RemoteStep.RELEASE)).isOne();
    assertThat(cluster.server.countOfAll()).isEqualTo(2);
    assertThat(other.stats().get(Stat.REMOTE_HIT)).isEqualTo(2);
  }

  @Test
  void theRightThatWasNotNeededIsGivenBack() {
    var one = cluster.node().build();
    var other = cluster.node().build();
    one.get(1L, origin.costs(Duration.ZERO));
    other.get(1L, origin);
    cluster.advance(FRESH);
    one.get(1L, origin.set(1, "b"));
    other.get(1L, origin);
    cluster.advance(FRESH);

    one.get(1L, origin.set(1, "c"));

    assertThat(one.getIfPresent(1L)).contains("c");
  }
}
