package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.remote.RemoteStep;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many round trips to the remote tier each thing costs. */
class RoundTripTest {

  private static final Duration FRESH = Duration.ofMinutes(1);
  private static final List<Long> HUNDRED = LongStream.range(0, 100).boxed().toList();
  private static final BulkLoader<Long, String> ALL =
      keys -> keys.stream().collect(Collectors.toMap(Function.identity(), key -> "v" + key));

  private final Cluster cluster = new Cluster();
  private final HandExecutor executor = new HandExecutor();
  private final TieredCache<Long, String> here = open();
  private final TieredCache<Long, String> there = open();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void aLocalHitCostsNone() {
    here.get(1L, key -> "v");
    cluster.server.resetCounts();

    assertThat(here.get(1L, key -> "never")).isEqualTo("v");

    assertThat(cluster.server.countOfAll()).isZero();
  }

  @Test
  void aRemoteHitCostsOne() {
    here.get(1L, key -> "v");
    cluster.server.resetCounts();

    assertThat(there.get(1L, key -> "never")).isEqualTo("v");

    assertThat(cluster.server.countOf(RemoteStep.LOOK_UP)).isEqualTo(1);
    assertThat(cluster.server.countOfAll()).isEqualTo(1);
  }

  @Test
  void aMissThatLoadsCostsTwo() {
    assertThat(here.get(1L, key -> "v")).isEqualTo("v");

    assertThat(cluster.server.countOf(RemoteStep.LOOK_UP)).isEqualTo(1);
    assertThat(cluster.server.countOf(RemoteStep.PUBLISH)).isEqualTo(1);
    assertThat(cluster.server.countOfAll()).isEqualTo(2);
  }

  @Test
  void aWaiterCostsTwoWhileThatLoads() throws Exception {
    HeldLoader loader = HeldLoader.returning("v");
    Call<String> leader = cluster.call(() -> here.get(1L, loader));
    loader.awaitCalled();
    cluster.server.resetCounts();
    // The push comes with the registration, so that no poll can come between.
    cluster.server.after(
        RemoteStep.AWAIT,
        () -> {
          loader.letGo();
          assertThat(leader.value()).isEqualTo("v");
        });

    assertThat(cluster.call(() -> there.get(1L, key -> "never")).value()).isEqualTo("v");

    assertThat(cluster.server.countOf(RemoteStep.LOOK_UP)).isEqualTo(1);
    assertThat(cluster.server.countOf(RemoteStep.AWAIT)).isEqualTo(1);
    assertThat(cluster.server.countOf(RemoteStep.PUBLISH)).isEqualTo(1);
    assertThat(cluster.server.countOfAll()).isEqualTo(3);
  }

  @Test
  void aRefreshCostsTwo() {
    here.get(1L, key -> "old");
    cluster.advance(FRESH);
    assertThat(here.get(1L, key -> "new")).isEqualTo("old");
    cluster.server.resetCounts();

    executor.runAll();

    assertThat(here.get(1L, key -> "never")).isEqualTo("new");
    assertThat(cluster.server.countOf(RemoteStep.LOOK_UP_TO_REFRESH)).isEqualTo(1);
    assertThat(cluster.server.countOf(RemoteStep.PUBLISH)).isEqualTo(1);
    assertThat(cluster.server.countOfAll()).isEqualTo(2);
  }

  @Test
  void aRefreshThatAnotherNodeHasAlreadyMadeCostsOneLookUpAndItsLease() {
    here.get(1L, key -> "old");
    there.get(1L, key -> "never");
    cluster.advance(FRESH);
    assertThat(here.get(1L, key -> "new")).isEqualTo("old");
    executor.runAll();
    cluster.tick();
    assertThat(there.get(1L, key -> "never")).isEqualTo("old");
    cluster.server.resetCounts();

    executor.runAll();

    assertThat(there.get(1L, key -> "never")).isEqualTo("new");
    assertThat(cluster.server.countOf(RemoteStep.LOOK_UP_TO_REFRESH)).isEqualTo(1);
    assertThat(cluster.server.countOf(RemoteStep.RELEASE)).isEqualTo(1);
    assertThat(cluster.server.countOfAll()).isEqualTo(2);
  }

  @Test
  void anInvalidationCostsOneHoweverManyKeysItHas() {
    here.invalidate(1L);
    assertThat(cluster.server.countOfAll()).isEqualTo(1);

    here.invalidateAll(HUNDRED);
    assertThat(cluster.server.countOfAll()).isEqualTo(2);

    here.invalidateAll();
    assertThat(cluster.server.countOfAll()).isEqualTo(3);

    here.put(1L, "v");
    assertThat(cluster.server.countOfAll()).isEqualTo(4);
  }

  @Test
  void aBulkMissCostsOneLookUpAndOnePublish() {
    Map<Long, String> values = here.getAll(HUNDRED, ALL);

    assertThat(values).hasSize(100);
    assertThat(cluster.server.countOf(RemoteStep.LOOK_UP_ALL)).isEqualTo(1);
    assertThat(cluster.server.countOf(RemoteStep.PUBLISH_ALL)).isEqualTo(1);
    assertThat(cluster.server.countOfAll()).isEqualTo(2);
  }

  @Test
  void aBulkRemoteHitCostsOneAndABulkLocalHitNone() {
    here.getAll(HUNDRED, ALL);
    cluster.server.resetCounts();

    assertThat(there.getAll(HUNDRED, keys -> Map.of())).hasSize(100);
    assertThat(cluster.server.countOfAll()).isEqualTo(1);

    assertThat(there.getAll(HUNDRED, keys -> Map.of())).hasSize(100);
    assertThat(cluster.server.countOfAll()).isEqualTo(1);
  }

  private TieredCache<Long, String> open() {
    return cluster.open(cluster.shared().freshFor(FRESH).staleFor(FRESH).executor(executor));
  }
}
