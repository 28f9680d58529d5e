package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.corral.stats.Stat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A refresh in the background is a flight as any other. */
class RefreshFlightTest {

  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final Duration STALE = Duration.ofMinutes(1);
  private static final Duration TIMEOUT = Duration.ofMillis(300);

  private final Cluster cluster = new Cluster();
  private final HandExecutor executor = new HandExecutor();

  @AfterEach
  void close() {
    cluster.close();
  }

  @ParameterizedTest
  @EnumSource
  void aStaleHitIsServedAtOnceAndRefreshedOnce(Tiers tiers) {
    TieredCache<Long, String> cache = openStale(tiers, executor);
    AtomicInteger loads = new AtomicInteger();

    for (int i = 0; i < 5; i++) {
      assertThat(cache.get(1L, key -> "new " + loads.incrementAndGet())).isEqualTo("old");
    }
    assertThat(executor.waiting()).isEqualTo(1);
    executor.runAll();

    assertThat(loads).hasValue(1);
    assertThat(cache.get(1L, key -> "never")).isEqualTo("new 1");
  }

  @ParameterizedTest
  @EnumSource
  void aRefreshThatHasNotStartedIsLedByACallerWhoNeedsTheKey(Tiers tiers) {
    TieredCache<Long, String> cache = openStale(tiers, executor);
    AtomicInteger refreshes = new AtomicInteger();
    assertThat(cache.get(1L, key -> "refreshed " + refreshes.incrementAndGet())).isEqualTo("old");

    Call<String> caller = cluster.call(() -> cache.get(1L, Duration.ZERO, key -> "needed"));

    assertThat(caller.value()).isEqualTo("needed");
    executor.runAll();
    assertThat(refreshes).hasValue(0);
    assertThat(cache.get(1L, key -> "never")).isEqualTo("needed");
    assertThat(cache.stats().get(Stat.REFRESH)).isZero();
  }

  @Test
  void aCallerWhoNeedsTheKeyWaitsForARefreshThatHasStarted() throws Exception {
    TieredCache<Long, String> cache = openStale(Tiers.ONE, executor);
    HeldLoader refresh = HeldLoader.returning("refreshed");
    cluster.advance(STALE.minus(Cluster.STEP));
    assertThat(cache.get(1L, refresh)).isEqualTo("old");
    Call<Boolean> background = runAll();
    refresh.awaitCalled();
    cluster.tick();

    Call<String> caller = cluster.call(() -> cache.get(1L, key -> "never"));
    Cluster.awaitJoined(cache, 1);
    refresh.letGo();

    assertThat(caller.value()).isEqualTo("refreshed");
    assertThat(background.value()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void aRefreshThatTheExecutorRefusesIsDroppedAndCounted(Tiers tiers) {
    AtomicInteger refused = new AtomicInteger();
    TieredCache<Long, String> cache =
        openStale(
            tiers,
            task -> {
              refused.incrementAndGet();
              throw new RejectedExecutionException("full");
            });

    assertThat(cache.get(1L, key -> "never")).isEqualTo("old");
    assertThat(cache.get(1L, key -> "never")).isEqualTo("old");

    assertThat(refused).as("the next hit tries again").hasValue(2);
    assertThat(cache.stats().get(Stat.REFRESH_DROPPED)).isEqualTo(2);
    cluster.advance(STALE);
    assertThat(cluster.call(() -> cache.get(1L, key -> "new")).value()).isEqualTo("new");
  }

  @ParameterizedTest
  @EnumSource
  void aRefusedRefreshDoesNotEndTheFlightOfACallerWhoLeadsItAlready(Tiers tiers) throws Exception {
    HeldLoader loader = HeldLoader.returning("needed");
    List<TieredCache<Long, String>> caches = new ArrayList<>();
    List<Call<String>> leaders = new ArrayList<>();
    TieredCache<Long, String> cache =
        openStale(
            tiers,
            task -> {
              leaders.add(cluster.call(() -> caches.get(0).get(1L, Duration.ZERO, loader)));
              await().atMost(Call.PATIENCE).until(() -> loader.calls() == 1);
              throw new RejectedExecutionException("full");
            });
    caches.add(cache);

    assertThat(cache.get(1L, key -> "never")).isEqualTo("old");
    Call<String> waiter = cluster.call(() -> cache.get(1L, Duration.ZERO, loader));
    // Joins the flight, or else loads as well.
    await()
        .atMost(Call.PATIENCE)
        .until(() -> cache.stats().get(Stat.COALESCED) == 1 || loader.calls() == 2);
    loader.letGo();

    assertThat(leaders.get(0).value()).isEqualTo("needed");
    assertThat(waiter.value()).isEqualTo("needed");
    assertThat(loader.calls()).isEqualTo(1);
    assertThat(cache.getIfPresent(1L)).hasValue("needed");
  }

  @ParameterizedTest
  @EnumSource
  void aRefreshHasItsWholeTimeHoweverLongItWaitedForAThread(Tiers tiers) throws Exception {
    TieredCache<Long, String> cache = openStale(tiers, executor);
    HeldLoader refresh = HeldLoader.returning("refreshed");
    assertThat(cache.get(1L, refresh)).isEqualTo("old");
    cluster.advance(TIMEOUT.multipliedBy(2));

    Call<Boolean> background = runAll();
    refresh.awaitCalled();
    cluster.advance(TIMEOUT.dividedBy(2));
    refresh.letGo();

    assertThat(background.value()).isTrue();
    assertThat(cache.stats().get(Stat.PUBLISH_REFUSED)).isZero();
    assertThat(cache.get(1L, key -> "never")).isEqualTo("refreshed");
  }

  @ParameterizedTest
  @EnumSource
  void aTaskThatTheExecutorLosesDoesNotEndTheRefreshesOfItsKey(Tiers tiers) {
    AtomicInteger lost = new AtomicInteger();
    TieredCache<Long, String> cache =
        openStale(
            tiers,
            task -> {
              if (lost.getAndIncrement() > 0) {
                executor.execute(task);
              }
            });
    assertThat(cache.get(1L, key -> "never")).isEqualTo("old");
    cluster.advance(TIMEOUT);
    assertThat(lost).hasValue(1);

    assertThat(cache.get(1L, key -> "new")).isEqualTo("old");
    executor.runAll();

    assertThat(cache.get(1L, key -> "never")).isEqualTo("new");
  }

  @ParameterizedTest
  @EnumSource
  void anExecutorThatThrowsWhateverItLikesLeavesTheHitAlone(Tiers tiers) {
    AtomicInteger thrown = new AtomicInteger();
    TieredCache<Long, String> cache =
        openStale(
            tiers,
            task -> {
              if (thrown.getAndIncrement() == 0) {
                throw new IllegalStateException("out of order");
              }
              executor.execute(task);
            });

    assertThat(cache.get(1L, key -> "never")).isEqualTo("old");
    assertThat(cache.get(1L, key -> "new")).isEqualTo("old");
    executor.runAll();

    assertThat(cache.stats().get(Stat.REFRESH_DROPPED)).isEqualTo(1);
    assertThat(cache.get(1L, key -> "never")).isEqualTo("new");
  }

  @ParameterizedTest
  @EnumSource
  void anErrorOfTheExecutorPassesThroughAndTheNextHitTriesAgain(Tiers tiers) {
    AtomicInteger thrown = new AtomicInteger();
    TieredCache<Long, String> cache =
        openStale(
            tiers,
            task -> {
              if (thrown.getAndIncrement() == 0) {
                throw new OutOfMemoryError("unable to create a thread");
              }
              executor.execute(task);
            });

    assertThatThrownBy(() -> cache.get(1L, key -> "never")).isInstanceOf(OutOfMemoryError.class);
    assertThat(cache.get(1L, key -> "new")).isEqualTo("old");
    executor.runAll();

    assertThat(cache.get(1L, key -> "never")).isEqualTo("new");
  }

  @ParameterizedTest
  @EnumSource
  void aRefreshThatWasDoomedBeforeItStartedLoadsNothing(Tiers tiers) {
    TieredCache<Long, String> cache = openStale(tiers, executor);
    AtomicInteger refreshes = new AtomicInteger();
    assertThat(cache.get(1L, key -> "refreshed " + refreshes.incrementAndGet())).isEqualTo("old");

    cache.invalidate(1L);
    executor.runAll();

    assertThat(refreshes).hasValue(0);
    assertThat(cache.getIfPresent(1L)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aRefreshThatWasInvalidatedMeanwhileFillsNothing(Tiers tiers) throws Exception {
    TieredCache<Long, String> cache = openStale(tiers, executor);
    HeldLoader refresh = HeldLoader.returning("refreshed");
    assertThat(cache.get(1L, refresh)).isEqualTo("old");
    Call<Boolean> background = runAll();
    refresh.awaitCalled();

    cache.invalidate(1L);
    refresh.letGo();

    assertThat(background.value()).isTrue();
    assertThat(cache.getIfPresent(1L)).isEmpty();
    assertThat(cache.get(1L, key -> "new")).isEqualTo("new");
  }

  private Call<Boolean> runAll() {
    return cluster.call(
        () -> {
          executor.runAll();
          return true;
        });
  }

  private TieredCache<Long, String> openStale(Tiers tiers, Executor threads) {
    TieredCache<Long, String> cache =
        cluster.open(
            tiers
                .options(cluster)
                .freshFor(FRESH)
                .staleFor(STALE)
                .loadTimeout(TIMEOUT)
                .executor(threads));
    assertThat(cache.get(1L, key -> "old")).isEqualTo("old");
    cluster.advance(FRESH);
    return cache;
  }
}
