package dev.corral;

import static dev.corral.TestCluster.FRESH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.remote.RemoteStep;
import dev.corral.stats.Stat;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FreshReadTest {

  private final TestCluster cluster = new TestCluster();
  private final TieredCache<Long, String> here = cluster.node().build();
  private final TieredCache<Long, String> there = cluster.node().build();

  @Test
  void whatIsHeldHereIsReturnedWhileItIsFresh() {
    TieredCache<Long, String> alone = cluster.alone().build();
    alone.get(1L, key -> "v");

    assertThat(alone.getFreshOrDefault(1L, "other")).isEqualTo("v");
    cluster.advance(FRESH);

    assertThat(alone.getFreshOrDefault(1L, "other")).as("stale").isEqualTo("other");
    assertThat(alone.stats().get(Stat.LOCAL_HIT)).isEqualTo(1);
    assertThat(alone.stats().get(Stat.MISS)).as("of the get, and of the stale one").isEqualTo(2);
  }

  @Test
  void anAbsentValueIsNoMiss() {
    TieredCache<Long, String> alone = cluster.alone().absentFor(Duration.ofSeconds(5)).build();
    alone.get(1L, key -> null);

    assertThat(alone.getFreshOrDefault(1L, "other")).isNull();
  }

  @Test
  void whatAnotherNodePutIsFoundWithoutALease() {
    there.put(1L, "v");
    cluster.server.resetCounts();

    assertThat(here.getFreshOrDefault(1L, "other")).isEqualTo("v");
    assertThat(here.getFreshOrDefault(2L, "other")).isEqualTo("other");

    assertThat(cluster.server.countOf(RemoteStep.INSPECT)).isEqualTo(2);
    assertThat(cluster.server.countOfAll()).isEqualTo(2);
    assertThat(here.stats().get(Stat.REMOTE_HIT)).isEqualTo(1);
    assertThat(here.stats().get(Stat.LEASE_GRANTED)).isZero();
    assertThat(here.estimatedSize()).isZero();
  }

  @Test
  void aStaleValueOfTheRemoteTierIsAMiss() {
    there.put(1L, "v");
    cluster.advance(FRESH);

    assertThat(here.getFreshOrDefault(1L, "other")).isEqualTo("other");
  }

  @Test
  void whatBearsAnInvalidatedTagIsAMiss() {
    there.get(
        1L,
        (key, context) -> {
          context.tags("shop:1");
          return "v";
        });
    assertThat(here.getFreshOrDefault(1L, "other")).isEqualTo("v");

    there.invalidateTag("shop:1");

    assertThat(here.getFreshOrDefault(1L, "other")).isEqualTo("other");
  }

  @Test
  void whatIsStillToBeInvalidatedIsAMiss() {
    there.put(1L, "v");
    cluster.server.failNext(1);
    here.invalidate(1L);
    cluster.server.fail(true);

    assertThat(here.getFreshOrDefault(1L, "other")).isEqualTo("other");
  }

  @Test
  void aRemoteTierThatIsAwayIsAMiss() {
    there.put(1L, "v");
    cluster.server.fail(true);

    assertThat(here.getFreshOrDefault(1L, "other")).isEqualTo("other");
    assertThat(here.stats().get(Stat.REMOTE_FAILURE)).isEqualTo(1);
  }

  @Test
  void aDisabledCacheFindsNothing() {
    TieredCache<Long, String> off = cluster.node().disabled(true).build();
    there.put(1L, "v");

    assertThat(off.getFreshOrDefault(1L, "other")).isEqualTo("other");
  }

  @Test
  void whoMustNotBlockIsAnsweredOnTheExecutor() {
    ManualExecutor executor = new ManualExecutor();
    TieredCache<Long, String> patient = cluster.node().executor(executor).build();
    there.put(1L, "v");
    cluster.server.resetCounts();

    CompletableFuture<@Nullable String> found = patient.getFreshOrDefaultAsync(1L, "other");

    assertThat(found).isNotDone();
    assertThat(cluster.server.countOfAll()).isZero();
    executor.runAll();
    assertThat(found).isCompletedWithValue("v");
  }

  @Test
  void whoMustNotBlockIsAnsweredAtOnceIfNobodyElseIsToBeAsked() {
    ManualExecutor executor = new ManualExecutor();
    TieredCache<Long, String> alone = cluster.alone().executor(executor).build();
    alone.get(1L, key -> "v");
    executor.reject(true);

    assertThat(alone.getFreshOrDefaultAsync(1L, "other")).isCompletedWithValue("v");
    assertThat(alone.getFreshOrDefaultAsync(2L, "other")).isCompletedWithValue("other");
  }

  @Test
  void aClosedCacheFailsTheFuture() {
    here.close();

    assertThat(here.getFreshOrDefaultAsync(1L, "other"))
        .isCompletedExceptionally()
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(IllegalStateException.class);
  }
}
