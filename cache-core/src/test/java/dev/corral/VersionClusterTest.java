package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.remote.RemoteStep;
import dev.corral.stats.Stat;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Marks of versions, as other nodes see them. */
class VersionClusterTest {

  private final Cluster cluster = new Cluster();
  private final TieredCache<Long, String> here = node();
  private final TieredCache<Long, String> there = node();

  private TieredCache<Long, String> node() {
    return cluster.open(cluster.shared().version(Long::parseLong));
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private void assertKeptNowhere() {
    assertThat(here.getIfPresent(1L)).isEmpty();
    assertThat(there.getIfPresent(1L)).isEmpty();
    assertThat(there.get(1L, key -> "6")).as("loaded by whoever asks next").isEqualTo("6");
  }

  @Test
  void aMarkGuardsWhatOtherNodesLoad() {
    here.invalidate(1L, 5);

    assertThat(there.get(1L, key -> "4")).isEqualTo("4");

    assertThat(there.stats().get(Stat.VERSION_REFUSED)).isEqualTo(1);
    assertKeptNowhere();
  }

  @Test
  void aWriteGuardsWhatOtherNodesLoad() {
    here.write(1L, "5", (key, value) -> {});
    there.invalidate(1L);

    assertThat(there.get(1L, key -> "4")).isEqualTo("4");

    assertKeptNowhere();
  }

  @Test
  void aWriteThatWasOverlappedGuardsAllTheSame() {
    here.write(1L, "5", (key, value) -> there.write(1L, "3", (k, v) -> {}));

    assertThat(there.get(1L, key -> "4")).isEqualTo("4");

    assertKeptNowhere();
  }

  @Test
  void aBulkLoadKeepsWhatIsNewAndNothingElse() {
    here.invalidate(1L, 5);
    here.invalidate(2L, 4);

    assertThat(there.getAll(List.of(1L, 2L, 3L), keys -> Map.of(1L, "4", 2L, "4", 3L, "4")))
        .hasSize(3);

    assertThat(cluster.server.countOf(RemoteStep.PUBLISH_ALL)).isEqualTo(1);
    assertThat(here.get(2L, key -> "never")).isEqualTo("4");
    assertThat(here.get(3L, key -> "never")).isEqualTo("4");
    assertKeptNowhere();
  }

  @Test
  void thoseWhoWaitOnAnotherNodeAreHandedTheOlderValue() throws Exception {
    assertHandedOver(() -> there.get(1L, key -> "never"));
  }

  // The age of what is handed over counts from its load, though no life is counted from there.
  @Test
  void whoWantsAYoungValueIsHandedTheOlderVersionToo() throws Exception {
    assertHandedOver(() -> there.get(1L, Duration.ofSeconds(30), key -> "never"));
  }

  private void assertHandedOver(Callable<String> get) throws Exception {
    here.invalidate(1L, 5);
    HeldLoader lagging = HeldLoader.returning("4");
    Call<String> leader = cluster.call(() -> here.get(1L, lagging));
    lagging.awaitCalled();
    CountDownLatch registered = new CountDownLatch(1);
    // The waiter is held until it has been told: were it to ask between the end of the lease and
    // the
    // message, it would load for itself.
    cluster.server.after(
        RemoteStep.AWAIT,
        () -> {
          registered.countDown();
          leader.value();
        });
    Call<String> waiter = cluster.call(get);
    assertThat(registered.await(Call.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

    lagging.letGo();

    assertThat(leader.value()).isEqualTo("4");
    assertThat(waiter.value()).isEqualTo("4");
    assertThat(there.stats().get(Stat.STALE_MISS)).isZero();
    assertKeptNowhere();
  }

  @Test
  void aMarkThatComesBetweenLoadAndPublishRefusesTheLoad() {
    cluster.server.before(RemoteStep.PUBLISH, () -> there.invalidate(1L, 5));

    assertThat(here.get(1L, key -> "4")).isEqualTo("4");

    assertThat(here.stats().get(Stat.PUBLISH_REFUSED)).isEqualTo(1);
    assertThat(here.stats().get(Stat.VERSION_REFUSED)).isZero();
    assertKeptNowhere();
  }

  @Test
  void aRefreshLeavesWhatTheOtherNodesHave() throws Exception {
    here.invalidate(1L, 5);
    here.get(1L, key -> "5");
    there.get(1L, key -> "never");
    cluster.tick();

    assertThat(here.refresh(1L, key -> "4").get()).isEqualTo("4");

    assertThat(here.getIfPresent(1L)).contains("5");
    assertThat(there.getIfPresent(1L)).contains("5");
    assertThat(node().get(1L, key -> "never")).as("in the remote tier").isEqualTo("5");
  }

  @Test
  void withTheRemoteTierAwayTheMarksOfThisNodeGuard() {
    cluster.server.fail(true);
    here.invalidate(1L, 5);

    assertThat(here.get(1L, key -> "4")).isEqualTo("4");
    assertThat(here.getAll(List.of(1L), keys -> Map.of(1L, "4"))).containsEntry(1L, "4");

    assertThat(here.getIfPresent(1L)).isEmpty();
    assertThat(here.stats().get(Stat.VERSION_REFUSED)).isEqualTo(2);
  }

  @Test
  void aPublishThatFailsIsHeldToTheMarksOfThisNode() {
    here.invalidate(1L, 5);

    here.get(
        1L,
        key -> {
          cluster.server.failNext(1);
          return "4";
        });

    assertThat(here.getIfPresent(1L)).isEmpty();
  }

  @Test
  void publishesThatFailAreHeldToTheMarksOfThisNode() {
    here.invalidate(1L, 5);

    here.getAll(
        List.of(1L, 2L),
        keys -> {
          cluster.server.failNext(1);
          return Map.of(1L, "4", 2L, "4");
        });

    assertThat(here.getIfPresent(1L)).isEmpty();
    assertThat(here.getIfPresent(2L)).contains("4");
  }

  @Test
  void anInvalidationThatIsDeliveredLaterBringsItsMark() {
    cluster.server.fail(true);
    here.invalidate(1L, 5);
    here.invalidate(1L);
    here.invalidate(2L);
    cluster.server.fail(false);
    cluster.advance(Duration.ofSeconds(1));
    assertThat(here.pendingInvalidations()).isZero();

    assertThat(there.get(1L, key -> "4")).isEqualTo("4");
    assertThat(there.get(2L, key -> "4")).isEqualTo("4");

    assertThat(there.getIfPresent(2L)).contains("4");
    assertKeptNowhere();
  }

  @Test
  void aWriteThatIsDeliveredLaterBringsItsMark() {
    cluster.server.fail(true);
    here.write(1L, "5", (key, value) -> {});
    cluster.server.fail(false);
    cluster.advance(Duration.ofSeconds(1));

    assertThat(there.get(1L, key -> "4")).isEqualTo("4");

    assertKeptNowhere();
  }

  @Test
  void aMarkThatTheRemoteTierLosesIsOnlyAGuardLost() {
    here.invalidate(1L, 5);

    cluster.server.flush();

    assertThat(there.get(1L, key -> "4")).isEqualTo("4");
    assertThat(there.getIfPresent(1L)).contains("4");
  }
}
