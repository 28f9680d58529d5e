package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.corral.stats.Stat;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Callers who find a stale value, and wait a little for a fresh one. */
class SoftTimeoutTest {

  private static final Duration FRESH = Duration.ofMinutes(1);

  private final Cluster cluster = new Cluster();
  private final HeldLoader held = HeldLoader.returning("new");

  @AfterEach
  void close() {
    held.letGo();
    cluster.close();
  }

  /** Opens a cache that holds a stale value. */
  private TieredCache<Long, String> open(Tiers tiers, Duration softTimeout) {
    TieredCache<Long, String> cache =
        cluster.open(
            tiers
                .options(cluster)
                .staleFor(Duration.ofMinutes(1))
                .softTimeout(softTimeout)
                .loadTimeout(Duration.ofMinutes(2)));
    cache.get(1L, key -> "old");
    cluster.advance(FRESH);
    return cache;
  }

  @ParameterizedTest
  @EnumSource
  void theFreshValueIsServedIfItComesInTime(Tiers tiers) throws Exception {
    TieredCache<Long, String> cache = open(tiers, Duration.ofSeconds(20));
    Call<String> caller = cluster.call(() -> cache.get(1L, held));
    held.awaitCalled();
    Cluster.awaitJoined(cache, 1);

    held.letGo();

    assertThat(caller.value()).isEqualTo("new");
    assertThat(held.calls()).isOne();
    assertThat(cache.stats().get(Stat.STALE_HIT)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void theStaleValueIsServedWhenTheTimeIsUpAndTheLoadGoesOn(Tiers tiers) throws Exception {
    TieredCache<Long, String> cache = open(tiers, Duration.ofMillis(20));

    assertThat(cache.get(1L, held)).isEqualTo("old");

    assertThat(cache.stats().get(Stat.STALE_HIT)).isOne();
    held.awaitCalled().letGo();
    await().atMost(Call.PATIENCE).until(() -> cache.getIfPresent(1L).equals(Optional.of("new")));
    assertThat(held.calls()).isOne();
  }

  @Test
  void aFreshLoadThatFailsLeavesTheStaleValue() {
    TieredCache<Long, String> cache = open(Tiers.ONE, Duration.ofSeconds(20));

    assertThat(
            cache.get(
                1L,
                key -> {
                  throw new IOException("down");
                }))
        .isEqualTo("old");
    // And the next one does not wait: nothing is under way.
    assertThat(cache.get(1L, key -> "never")).isEqualTo("old");
  }

  @Test
  void anInterruptedCallerTakesTheStaleValueAndStaysInterrupted() throws Exception {
    TieredCache<Long, String> cache = open(Tiers.ONE, Duration.ofSeconds(20));
    Call<String> caller = cluster.call(() -> cache.get(1L, held));
    held.awaitCalled();
    Cluster.awaitJoined(cache, 1);

    caller.interrupt();

    assertThat(caller.value()).isEqualTo("old");
    assertThat(caller.endedInterrupted()).isTrue();
  }

  @Test
  void aValueThatIsGoneAfterTheWaitIsNotServed() throws Exception {
    TieredCache<Long, String> cache = open(Tiers.ONE, Duration.ofSeconds(1));
    Call<String> caller = cluster.call(() -> cache.get(1L, held));
    held.awaitCalled();
    Cluster.awaitJoined(cache, 1);

    cluster.advance(Duration.ofMinutes(1));
    // It waits for the load now, as whoever finds nothing.
    Cluster.awaitJoined(cache, 2);
    held.letGo();

    assertThat(caller.value()).isEqualTo("new");
  }

  @Test
  void getAsyncAndGetAllDoNotWait() {
    TieredCache<Long, String> cache = open(Tiers.ONE, Duration.ofSeconds(20));

    assertThat(cache.getAsync(1L, held)).isCompletedWithValue("old");
    assertThat(cache.getAll(List.of(1L), keys -> Map.of())).containsEntry(1L, "old");
  }

  @Test
  void aValueThatIsStaleInTheRemoteTierIsWaitedForAsWell() throws Exception {
    TieredCache<Long, String> first = open(Tiers.TWO, Duration.ZERO);
    TieredCache<Long, String> cache =
        cluster.open(
            cluster.shared().staleFor(Duration.ofMinutes(1)).softTimeout(Duration.ofSeconds(20)));
    Call<String> caller = cluster.call(() -> cache.get(1L, held));
    held.awaitCalled();
    Cluster.awaitJoined(cache, 1);

    held.letGo();

    assertThat(caller.value()).isEqualTo("new");
    assertThat(cache.stats().get(Stat.STALE_MISS)).isZero();
    assertThat(first.getIfPresent(1L)).hasValue("old");
  }

  @Test
  void theSoftTimeoutIsPartOfTheLoadTimeout() throws Exception {
    TieredCache<Long, String> cache =
        cluster.open(
            cluster
                .alone()
                .staleFor(Duration.ofMinutes(1))
                .softTimeout(Duration.ofSeconds(2))
                .loadTimeout(Duration.ofSeconds(61)));
    cache.get(1L, key -> "old");
    cluster.advance(FRESH);
    Call<String> caller = cluster.call(() -> cache.get(1L, held));
    held.awaitCalled();
    Cluster.awaitJoined(cache, 1);
    cluster.advance(Duration.ofMinutes(1));
    Cluster.awaitJoined(cache, 2);

    cluster.advance(Duration.ofSeconds(1));

    assertThat(caller.failure()).isInstanceOf(LoadTimeoutException.class);
    assertThat(held.calls()).isOne();
  }
}
