package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A key is invalidated, or put, by this node while this node loads it. */
class DoomTest {

  private record Case(Tiers tiers, Write write) {}

  private final Cluster cluster = new Cluster();
  private final HeldLoader old = HeldLoader.returning("old");
  private final HeldLoader fresh = HeldLoader.returning("new");

  @AfterEach
  void close() {
    cluster.close();
  }

  static List<Case> cases() {
    return List.of(Tiers.values()).stream()
        .flatMap(tiers -> List.of(Write.values()).stream().map(write -> new Case(tiers, write)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aLoadFromBeforeFillsNeitherTier(Case how) throws Exception {
    TieredCache<Long, String> cache = how.tiers().open(cluster);
    Call<String> leader = lead(cache);

    how.write().strike(cache);
    cluster.tick();
    old.letGo();

    assertThat(leader.value()).as("for who asked before").isEqualTo("old");
    fresh.letGo();
    assertThat(cache.get(1L, fresh)).as("for who asks after").isEqualTo("new");
    assertThat(cache.getIfPresent(1L)).hasValue("new");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whoAsksAfterwardsDoesNotJoinTheLoadFromBefore(Case how) throws Exception {
    TieredCache<Long, String> cache = how.tiers().open(cluster);
    Call<String> leader = lead(cache);
    cluster.tick();
    how.write().strike(cache);
    cluster.tick();

    Call<String> after = cluster.call(() -> cache.get(1L, fresh));
    if (how.write() != Write.PUT) {
      fresh.awaitCalled().letGo();
    }

    assertThat(after.value()).as("while the old load still runs").isEqualTo("new");
    old.letGo();
    assertThat(leader.value()).isEqualTo("old");
    assertThat(cache.getIfPresent(1L)).as("the old load replaces nothing").hasValue("new");
    assertThat(cache.get(1L, key -> "never")).isEqualTo("new");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whoAskedBeforeAWaitedForLoadBeganGetsItsOutcome(Case how) throws Exception {
    TieredCache<Long, String> cache = how.tiers().open(cluster);
    Call<String> leader = lead(cache);
    // By the ticker, which has not moved, this caller asked when the load began.
    Call<String> before = cluster.call(() -> cache.get(1L, key -> "never"));
    Cluster.awaitJoined(cache, 1);

    how.write().strike(cache);
    cluster.tick();
    old.letGo();

    assertThat(leader.value()).isEqualTo("old");
    assertThat(before.value()).isEqualTo("old");
  }

  @ParameterizedTest
  @EnumSource
  void whoJoinedBeforeTheInvalidationIsNotServedOlderThanItMayBe(Tiers tiers) throws Exception {
    TieredCache<Long, String> cache = tiers.open(cluster);
    Call<String> leader = lead(cache);
    cluster.tick();
    Call<String> joined = cluster.call(() -> cache.get(1L, fresh));
    Cluster.awaitJoined(cache, 1);

    cache.invalidate(1L);
    fresh.letGo();
    old.letGo();

    assertThat(leader.value()).isEqualTo("old");
    assertThat(joined.value())
        .as("it asked before the invalidation, so either will do; a refused one is not risked")
        .isEqualTo(tiers == Tiers.ONE ? "old" : "new");
  }

  @ParameterizedTest
  @EnumSource
  void aFailureFromBeforeIsNotToldToWhoAsksAfterwards(Tiers tiers) throws Exception {
    TieredCache<Long, String> cache = tiers.open(cluster);
    HeldLoader failing = HeldLoader.throwing(new IllegalStateException("from before"));
    Call<String> leader = cluster.call(() -> cache.get(1L, failing));
    failing.awaitCalled();

    cache.invalidate(1L);
    failing.letGo();

    assertThat(leader.failure()).isInstanceOf(LoadFailedException.class);
    assertThat(cache.get(1L, key -> "new")).isEqualTo("new");
  }

  private Call<String> lead(TieredCache<Long, String> cache) throws InterruptedException {
    Call<String> leader = cluster.call(() -> cache.get(1L, old));
    old.awaitCalled();
    return leader;
  }
}
