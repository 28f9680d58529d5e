package dev.corral;

import static dev.corral.TestCluster.FRESH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.stats.Stat;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class GetAsyncTest {

  private final TestCluster cluster = new TestCluster();
  private final TestOrigin origin = cluster.origin.set(1, "a");
  private final ManualExecutor executor = new ManualExecutor();
  private final TieredCache<Long, String> cache = cluster.node().executor(executor).build();

  @Test
  void aLocalHitIsCompletedAtOnce() {
    cache.get(1L, origin);

    assertThat(cache.getAsync(1L, origin)).isCompletedWithValue("a");
    assertThat(executor.waiting()).isZero();
    assertThat(cache.stats().get(Stat.LOCAL_HIT)).isOne();
  }

  @Test
  void aStaleHitIsCompletedAtOnceAndRefreshed() {
    cache.get(1L, origin);
    cluster.advance(FRESH);

    assertThat(cache.getAsync(1L, origin.set(1, "b"))).isCompletedWithValue("a");
    executor.runAll();

    assertThat(cache.getAsync(1L, origin)).isCompletedWithValue("b");
  }

  @Test
  void everythingElseIsForTheExecutor() {
    var future = cache.getAsync(1L, origin);

    assertThat(future).isNotDone();
    assertThat(origin.loads()).isZero();
    assertThat(cluster.server.countOfAll()).isZero();

    executor.runAll();
    assertThat(future).isCompletedWithValue("a");
    assertThat(cache.getIfPresent(1L)).contains("a");
  }

  @Test
  void absenceCompletesWithNull() {
    var future = cache.getAsync(2L, origin);
    executor.runAll();

    assertThat(future).isCompletedWithValue(null);
  }

  @Test
  void theLoaderMaySeeWhatItReplaces() {
    var future = cache.getAsync(1L, (key, context) -> "previous: " + context.previous());
    executor.runAll();

    assertThat(future).isCompletedWithValue("previous: Optional.empty");
  }

  @Test
  void aFailureIsTheOneThatGetWouldThrow() {
    IOException down = new IOException("down");
    var future = cache.getAsync(1L, origin.failWith(down));
    executor.runAll();

    assertThat(future)
        .failsWithin(java.time.Duration.ZERO)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(LoadFailedException.class)
        .withCause(down);
  }

  @Test
  void anErrorOfTheLoaderPassesThrough() {
    var future =
        cache.getAsync(
            1L,
            key -> {
              throw new AssertionError("broken");
            });
    executor.runAll();

    assertThat(future)
        .failsWithin(java.time.Duration.ZERO)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void anExecutorThatRefusesFailsTheFuture() {
    executor.reject(true);

    assertThat(cache.getAsync(1L, origin))
        .failsWithin(java.time.Duration.ZERO)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(RejectedExecutionException.class);
    assertThat(origin.loads()).isZero();
  }

  @Test
  void aCancelledFutureCancelsNothingElse() {
    var future = cache.getAsync(1L, origin);
    future.cancel(true);
    executor.runAll();

    assertThat(future).isCancelled();
    assertThat(cache.getIfPresent(1L)).isEmpty();
    assertThat(cache.getAsync(1L, origin)).isNotDone();
  }
}
