package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.remote.RemoteStep;
import dev.corral.stats.Stat;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshTest {

  private final TestCluster cluster = new TestCluster();
  private final TestOrigin origin = cluster.origin.set(1, "old");
  private final ManualExecutor executor = new ManualExecutor();

  private CacheBuilder<Long, String> cache(boolean shared) {
    return (shared ? cluster.node() : cluster.alone()).executor(executor);
  }

  private void aMomentLater() {
    cluster.advance(Duration.ofMillis(1));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFreshValueIsLoadedAnew(boolean shared) {
    var cache = cache(shared).build();
    cache.get(1L, origin);
    aMomentLater();

    var refreshed = cache.refresh(1L, origin.set(1, "new"));
    assertThat(refreshed).isNotDone();
    assertThat(cache.get(1L, origin)).isEqualTo("old");
    executor.runAll();

    assertThat(refreshed).isCompletedWithValue("new");
    assertThat(cache.get(1L, origin)).isEqualTo("new");
    assertThat(origin.loads()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aKeyThatIsNotHeldIsLoaded(boolean shared) {
    var cache = cache(shared).build();

    var refreshed = cache.refresh(1L, origin);
    executor.runAll();

    assertThat(refreshed).isCompletedWithValue("old");
    assertThat(cache.getIfPresent(1L)).contains("old");
  }

  @Test
  void whileItLoadsOthersGoOnWithTheOldValue() {
    var cache = cache(true).build();
    var other = cache(true).build();
    cache.get(1L, origin);
    aMomentLater();

    var refreshed =
        cache.refresh(
            1L,
            key -> {
              assertThat(cache.get(1L, origin)).isEqualTo("old");
              assertThat(other.get(1L, origin)).isEqualTo("old");
              return "new";
            });
    executor.runAll();

    assertThat(refreshed).isCompletedWithValue("new");
    assertThat(cache.getIfPresent(1L)).contains("new");
    assertThat(cluster.node().build().get(1L, origin)).isEqualTo("new");
    assertThat(origin.loads()).isOne();
  }

  @Test
  void theOldValueOfTheRemoteTierIsReplacedWithoutAHole() {
    var cache = cache(true).build();
    cache.get(1L, origin);
    aMomentLater();
    cluster.server.resetCounts();

    assertThat(cache.refresh(1L, origin)).isNotDone();
    executor.runAll();

    assertThat(cluster.server.countOf(RemoteStep.LOOK_UP_TO_REFRESH)).isOne();
    assertThat(cluster.server.countOf(RemoteStep.PUBLISH)).isOne();
    assertThat(cluster.server.countOf(RemoteStep.REPLACE)).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFailureLeavesTheOldValue(boolean shared) {
    var cache = cache(shared).build();
    cache.get(1L, origin);
    aMomentLater();
    IOException down = new IOException("down");

    var refreshed = cache.refresh(1L, origin.failWith(down));
    executor.runAll();

    assertThat(refreshed)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(LoadFailedException.class)
        .withCause(down);
    assertThat(cache.getIfPresent(1L)).contains("old");
  }

  @Test
  void anExecutorThatRefusesFailsTheFuture() {
    var cache = cache(true).build();
    executor.reject(true);

    assertThat(cache.refresh(1L, origin))
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void aRefreshIsNeitherAHitNorAMiss() {
    var cache = cache(false).build();

    assertThat(cache.refresh(1L, origin)).isNotDone();
    executor.runAll();

    assertThat(cache.stats().misses()).isZero();
    assertThat(cache.stats().hits()).isZero();
    assertThat(cache.stats().get(Stat.LOAD)).isOne();
  }
}
