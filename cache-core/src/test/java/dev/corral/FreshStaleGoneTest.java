package dev.corral;

import static dev.corral.TestCluster.FRESH;
import static dev.corral.TestCluster.NANO;
import static dev.corral.TestCluster.STALE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.stats.Stat;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FreshStaleGoneTest {

  private final TestCluster cluster = new TestCluster();
  private final TestOrigin origin = cluster.origin.set(1, "old");
  private final ManualExecutor executor = new ManualExecutor();

  @Test
  void aValueIsFreshToTheLastNanosecond() {
    var cache = cluster.alone().build();
    cache.get(1L, origin);

    cluster.ticker.advance(FRESH.minus(NANO));

    assertThat(cache.get(1L, origin.set(1, "new"))).isEqualTo("old");
    assertThat(cache.stats().get(Stat.LOCAL_HIT)).isOne();
    assertThat(origin.loads()).isOne();
  }

  @Test
  void aValueIsStaleFromThenOn() {
    var cache = cluster.alone().executor(executor).build();
    cache.get(1L, origin);

    cluster.ticker.advance(FRESH);

    assertThat(cache.get(1L, origin)).isEqualTo("old");
    assertThat(cache.stats().get(Stat.STALE_HIT)).isOne();
    assertThat(cache.stats().get(Stat.LOCAL_HIT)).isZero();
  }

  @Test
  void aValueIsServedToTheLastNanosecondOfItsStaleWindow() {
    var cache = cluster.alone().executor(executor).build();
    cache.get(1L, origin);

    cluster.ticker.advance(FRESH.plus(STALE).minus(NANO));

    assertThat(cache.get(1L, origin.set(1, "new"))).isEqualTo("old");
    assertThat(origin.loads()).isOne();
  }

  @Test
  void aValueThatIsGoneIsLoadedByTheCaller() {
    var cache = cluster.alone().executor(executor).build();
    cache.get(1L, origin);

    cluster.ticker.advance(FRESH.plus(STALE));

    assertThat(cache.getIfPresent(1L)).isEmpty();
    assertThat(cache.get(1L, origin.set(1, "new"))).isEqualTo("new");
    assertThat(executor.waiting()).isZero();
    assertThat(cache.stats().get(Stat.MISS)).isEqualTo(2);
  }

  @Test
  void lifeBeginsWhenTheLoaderReturns() {
    var cache = cluster.alone().build();
    cache.get(1L, origin.costs(Duration.ofSeconds(3)));

    cluster.ticker.advance(FRESH.minus(NANO));

    cache.get(1L, origin);
    assertThat(cache.stats().get(Stat.LOCAL_HIT)).isOne();
  }

  @Test
  void aStaleValueIsRefreshedOnceHoweverManyAskForIt() {
    var cache = cluster.alone().executor(executor).build();
    cache.get(1L, origin);
    cluster.ticker.advance(FRESH);
    origin.set(1, "new");

    for (int i = 0; i < 10; i++) {
      assertThat(cache.get(1L, origin)).isEqualTo("old");
    }
    assertThat(executor.waiting()).isOne();
    executor.runAll();

    assertThat(cache.get(1L, origin)).isEqualTo("new");
    assertThat(origin.loads()).isEqualTo(2);
    assertThat(cache.stats().get(Stat.REFRESH)).isOne();
    assertThat(cache.stats().get(Stat.STALE_HIT)).isEqualTo(10);
  }

  @Test
  void aRefreshThatTheExecutorRefusesIsTriedAgainByTheNextGet() {
    var cache = cluster.alone().executor(executor).build();
    cache.get(1L, origin);
    cluster.ticker.advance(FRESH);

    executor.reject(true);
    assertThat(cache.get(1L, origin)).isEqualTo("old");
    executor.reject(false);
    assertThat(cache.get(1L, origin)).isEqualTo("old");

    assertThat(executor.waiting()).isOne();
    assertThat(cache.stats().get(Stat.REFRESH_DROPPED)).isOne();
  }

  @Test
  void aCallerWhoCannotBeServedDoesNotWaitForARefreshThatHasNotBegun() {
    var cache = cluster.alone().executor(executor).build();
    cache.get(1L, origin);
    cluster.ticker.advance(FRESH);
    cache.get(1L, origin);
    cluster.ticker.advance(STALE);

    assertThat(cache.get(1L, origin.set(1, "new"))).isEqualTo("new");
    executor.runAll();

    assertThat(origin.loads()).isEqualTo(2);
    assertThat(cache.stats().get(Stat.REFRESH)).isZero();
  }

  @Test
  void aRefreshThatWaitedLongForItsTurnStillCounts() {
    var cache = cluster.node().loadTimeout(Duration.ofSeconds(5)).executor(executor).build();
    cache.get(1L, origin);
    cluster.advance(FRESH);
    cache.get(1L, origin.set(1, "new"));

    cluster.advance(Duration.ofSeconds(6));
    executor.runAll();

    assertThat(cache.getIfPresent(1L)).contains("new");
    assertThat(cache.stats().get(Stat.PUBLISH_REFUSED)).isZero();
  }

  @Test
  void theSameBordersHoldForAValueOfTheRemoteTier() {
    cluster.node().build().get(1L, origin);
    cluster.advance(FRESH.minusMillis(1));
    var other = cluster.node().executor(executor).build();

    assertThat(other.get(1L, origin)).isEqualTo("old");
    assertThat(other.get(1L, origin)).isEqualTo("old");
    assertThat(other.stats().get(Stat.LOCAL_HIT)).isOne();

    cluster.ticker.advance(Duration.ofMillis(1));
    assertThat(other.get(1L, origin)).isEqualTo("old");
    assertThat(other.stats().get(Stat.STALE_HIT)).isOne();

    cluster.ticker.advance(STALE.minus(NANO));
    assertThat(other.getIfPresent(1L)).contains("old");
    cluster.ticker.advance(NANO);
    assertThat(other.getIfPresent(1L)).isEmpty();
  }

  @Test
  void aStaleValueOfTheRemoteTierIsServedAtOnceAndRefreshed() {
    cluster.node().build().get(1L, origin);
    cluster.advance(FRESH);
    var other = cluster.node().executor(executor).build();

    assertThat(other.get(1L, origin.set(1, "new"))).isEqualTo("old");
    assertThat(origin.loads()).isOne();
    executor.runAll();

    assertThat(other.get(1L, origin)).isEqualTo("new");
    assertThat(origin.loads()).isEqualTo(2);
  }
}
