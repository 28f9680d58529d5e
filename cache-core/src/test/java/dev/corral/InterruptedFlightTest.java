package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.remote.RemoteStep;
import java.util.concurrent.atomic.AtomicBoolean;
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
  @EnumSource(names = {"PUBLISH", "DELIVER", "FAIL", "RELEASE"})
  void theStepThatEndsALeaseIsTakenWithTheFlagDown(RemoteStep step) {
    // With the flag set a step gets no connection: the others would wait until the lease expires.
    TieredCache<Long, String> cache = cluster.node();
    AtomicBoolean flag = new AtomicBoolean(true);
    cluster.server.before(step, () -> flag.set(Thread.currentThread().isInterrupted()));

    Call<String> call = cluster.call(() -> cache.get(1L, interrupted(step)));

    assertThat(call.endedInterrupted()).isTrue();
    assertThat(flag).isFalse();
    assertThat(cluster.server.countOf(step)).isEqualTo(1);
  }

  /** A loader that an interrupt meets so late that it ends as if there were none. */
  private static ContextLoader<Long, String> interrupted(RemoteStep ending) {
    return (key, context) -> {
      Thread.currentThread().interrupt();
      if (ending == RemoteStep.FAIL) {
        throw new StackOverflowError();
      }
      if (ending == RemoteStep.RELEASE) {
        throw new IllegalStateException("as a driver would");
      }
      if (ending == RemoteStep.DELIVER) {
        context.freshness(Freshness.uncached());
      }
      return "v";
    };
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
