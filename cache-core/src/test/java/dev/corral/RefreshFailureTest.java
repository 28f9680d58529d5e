package dev.corral;

import static dev.corral.TestCluster.FRESH;
import static dev.corral.TestCluster.STALE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.corral.remote.RemoteStep;
import dev.corral.stats.Stat;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshFailureTest {

  private static final Duration MILLI = Duration.ofMillis(1);

  private final TestCluster cluster = new TestCluster();
  private final TestOrigin origin = cluster.origin.set(1, "old");
  private final IOException down = new IOException("down");

  private CacheBuilder<Long, String> cache(boolean shared) {
    return (shared ? cluster.node() : cluster.alone())
        .failureBackoff(Duration.ofMillis(100), Duration.ofMillis(500));
  }

  private void goStale(TieredCache<Long, String> cache) {
    cache.get(1L, origin);
    cluster.advance(FRESH);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aStaleValueIsServedForAsLongAsRefreshesFail(boolean shared) {
    var cache = cache(shared).build();
    goStale(cache);
    origin.failWith(down);

    for (int i = 0; i < 19; i++) {
      assertThat(cache.get(1L, origin)).isEqualTo("old");
      cluster.advance(Duration.ofSeconds(1));
    }

    assertThat(origin.loads()).isEqualTo(20);
    assertThat(cache.stats().get(Stat.LOAD_FAILURE)).isEqualTo(19);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aValueThatIsGoneIsNotServedThoughTheOriginFails(boolean shared) {
    var cache = cache(shared).build();
    goStale(cache);
    cluster.advance(STALE);

    assertThatExceptionOfType(LoadFailedException.class)
        .isThrownBy(() -> cache.get(1L, origin.failWith(down)))
        .withCause(down);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void thePauseDoublesUpToItsCap(boolean shared) {
    var cache = cache(shared).build();
    goStale(cache);
    origin.failWith(down);
    cluster.random.draw(0);

    assertPauses(cache, 100, 200, 400, 500, 500);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void thePauseIsARandomPartOfItsWindow(boolean shared) {
    var cache = cache(shared).build();
    goStale(cache);
    origin.failWith(down);
    cluster.random.draw(0.75);

    assertPauses(cache, 25, 50, 100, 125);
  }

  /** Lets a refresh fail, and looks how long it is until the next. */
  private void assertPauses(TieredCache<Long, String> cache, int... millis) {
    int loads = origin.loads();
    cache.get(1L, origin);
    assertThat(origin.loads()).isEqualTo(++loads);
    for (int pause : millis) {
      cluster.advance(Duration.ofMillis(pause).minus(MILLI));
      assertThat(cache.get(1L, origin)).isEqualTo("old");
      assertThat(origin.loads()).as("before %d ms", pause).isEqualTo(loads);

      cluster.advance(MILLI);
      assertThat(cache.get(1L, origin)).isEqualTo("old");
      assertThat(origin.loads()).as("after %d ms", pause).isEqualTo(++loads);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRefreshThatWorksBeginsTheCountAnew(boolean shared) {
    var cache = cache(shared).build();
    goStale(cache);
    origin.failWith(down);
    assertPauses(cache, 100, 200);
    cluster.advance(Duration.ofMillis(400));

    cache.get(1L, origin.recover());
    cluster.advance(FRESH);
    origin.failWith(down);

    assertPauses(cache, 100, 200);
  }

  @Test
  void thePauseIsOneForTheWholeCluster() {
    var one = cache(true).build();
    var other = cache(true).build();
    one.get(1L, origin);
    other.get(1L, origin);
    cluster.advance(FRESH);
    one.get(1L, origin.failWith(down));
    cluster.server.resetCounts();

    assertThat(other.get(1L, origin)).isEqualTo("old");
    assertThat(other.get(1L, origin)).isEqualTo("old");
    assertThat(cluster.server.countOf(RemoteStep.LOOK_UP_TO_REFRESH)).isOne();
    assertThat(origin.loads()).isEqualTo(2);

    cluster.advance(Duration.ofMillis(100));
    other.get(1L, origin.recover().set(1, "new"));
    assertThat(other.getIfPresent(1L)).contains("new");
  }

  @Test
  void whileAnotherNodeRefreshesThisOneDoesNotAskAgainAtOnce() {
    var one = cache(true).build();
    var other = cache(true).build();
    one.get(1L, origin.costs(Duration.ofMillis(200)));
    other.get(1L, origin);
    cluster.advance(FRESH);

    one.get(
        1L,
        key -> {
          cluster.server.resetCounts();
          other.get(1L, origin);
          other.get(1L, origin);
          assertThat(cluster.server.countOfAll()).isOne();

          // It takes about as long as the last time.
          cluster.advance(Duration.ofMillis(200));
          other.get(1L, origin);
          assertThat(cluster.server.countOfAll()).isEqualTo(2);
          return "new";
        });

    assertThat(origin.loads()).isOne();
  }

  @Test
  void anErrorOfALoaderPausesRefreshesToo() {
    ManualExecutor executor = new ManualExecutor();
    var cache = cache(false).executor(executor).build();
    goStale(cache);
    ContextLoader<Long, String> broken =
        (key, context) -> {
          origin.load(key);
          throw new AssertionError("broken");
        };

    cache.get(1L, broken);
    assertThatExceptionOfType(AssertionError.class).isThrownBy(executor::runAll);
    cache.get(1L, broken);

    assertThat(executor.waiting()).isZero();
    assertThat(cache.getIfPresent(1L)).contains("old");
  }
}
