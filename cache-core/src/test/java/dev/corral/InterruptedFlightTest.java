package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Callers are interrupted while they load or wait. */
class InterruptedFlightTest {

  private final Cluster cluster = new Cluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptedLeaderLeavesTheLoadToAWaiter(Tiers tiers) throws Exception {
    TieredCache<Long, String> cache = tiers.open(cluster);
    HeldLoader first = HeldLoader.returning("first");
    HeldLoader second = HeldLoader.returning("second");
    Call<String> leader = cluster.call(() -> cache.get(1L, first));
    first.awaitCalled();
    Call<String> waiter = cluster.call(() -> cache.get(1L, second));
    Call<String> other = cluster.call(() -> cache.get(1L, second));
    Cluster.awaitJoined(cache, 2);

    leader.interrupt();

    assertThat(leader.failure()).isInstanceOf(LoadInterruptedException.class);
    assertThat(leader.endedInterrupted()).isTrue();
    second.awaitCalled().letGo();
    assertThat(waiter.value()).isEqualTo("second");
    assertThat(other.value()).isEqualTo("second");
    assertThat(second.calls()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptThatTheLoaderWrapsIsTheLeadersAloneAllTheSame(Tiers tiers) throws Exception {
    TieredCache<Long, String> cache = tiers.open(cluster);
    HeldLoader held = HeldLoader.returning("first");
    Call<String> leader =
        cluster.call(
            () ->
                cache.get(
                    1L,
                    key -> {
                      try {
                        return held.load(key);
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new IllegalStateException("as a driver would", e);
                      }
                    }));
    held.awaitCalled();
    Call<String> waiter = cluster.call(() -> cache.get(1L, key -> "second"));
    Cluster.awaitJoined(cache, 1);

    leader.interrupt();

    assertThat(leader.failure()).isInstanceOf(LoadInterruptedException.class);
    assertThat(leader.endedInterrupted()).isTrue();
    assertThat(waiter.value()).isEqualTo("second");
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptedWaiterIsAloneAffected(Tiers tiers) throws Exception {
    TieredCache<Long, String> cache = tiers.open(cluster);
    HeldLoader loader = HeldLoader.returning("v");
    Call<String> leader = cluster.call(() -> cache.get(1L, loader));
    loader.awaitCalled();
    Call<String> unlucky = cluster.call(() -> cache.get(1L, loader));
    Call<String> waiter = cluster.call(() -> cache.get(1L, loader));
    Cluster.awaitJoined(cache, 2);

    unlucky.interrupt();

    assertThat(unlucky.failure()).isInstanceOf(LoadInterruptedException.class);
    assertThat(unlucky.endedInterrupted()).isTrue();
    loader.letGo();
    assertThat(leader.value()).isEqualTo("v");
    assertThat(waiter.value()).isEqualTo("v");
    assertThat(loader.calls()).isEqualTo(1);
  }
}
