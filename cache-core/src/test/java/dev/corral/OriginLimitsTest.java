package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.corral.origin.CircuitBreaking;
import dev.corral.origin.Limit;
import dev.corral.origin.Origin;
import dev.corral.origin.Retries;
import dev.corral.stats.Stat;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Caches that share an origin, and what its limits mean for those who ask. */
class OriginLimitsTest {

  private final Cluster cluster = new Cluster();
  private final HeldLoader held = HeldLoader.returning("held");
  private final Origin one = Origin.named("db").maxConcurrentLoads(1).maxQueuedLoads(0).build();

  @AfterEach
  void close() {
    held.letGo();
    cluster.close();
  }

  private TieredCache<Long, String> open(Tiers tiers, Origin origin) {
    return cluster.open(tiers.options(cluster).origin(origin));
  }

  @ParameterizedTest
  @EnumSource
  void whatTheOriginDoesNotTakeIsRejectedWithTheLimitAndTheTime(Tiers tiers) throws Exception {
    TieredCache<Long, String> cache = open(tiers, one);
    Call<String> running = cluster.call(() -> cache.get(1L, held));
    held.awaitCalled();

    LoadRejectedException rejected =
        (LoadRejectedException) cluster.call(() -> cache.get(2L, key -> "never")).failure();

    assertThat(rejected.key()).isEqualTo(2L);
    assertThat(rejected.origin()).isEqualTo("db");
    assertThat(rejected.limit()).isEqualTo(Limit.CONCURRENCY);
    assertThat(rejected.retryAfter()).isPositive();
    assertThat(rejected)
        .hasMessage(
            "Loading 2 for cache test was rejected, try again in 100 ms:"
                + " Origin db takes no more loads: 1 loads run and 0 wait");
    held.letGo();
    assertThat(running.value()).isEqualTo("held");
    // Nothing is remembered of it: the key did not fail.
    assertThat(cache.get(2L, key -> "b")).isEqualTo("b");
  }

  @Test
  void oneOriginIsSharedByItsCaches() throws Exception {
    TieredCache<Long, String> here = open(Tiers.ONE, one);
    TieredCache<Long, String> other =
        cluster.open(
            TieredCache.<Long, String>builder("other")
                .freshFor(Duration.ofMinutes(1))
                .ticker(cluster.ticker)
                .origin(one));
    Call<String> running = cluster.call(() -> here.get(1L, held));
    held.awaitCalled();

    assertThat(cluster.call(() -> other.get(1L, key -> "never")).failure())
        .isInstanceOf(LoadRejectedException.class);

    held.letGo();
    assertThat(running.value()).isEqualTo("held");
  }

  @Test
  void aRejectedLoadGivesItsLeaseToOtherNodes() throws Exception {
    TieredCache<Long, String> here = open(Tiers.TWO, one);
    TieredCache<Long, String> there = cluster.node();
    Call<String> running = cluster.call(() -> here.get(1L, held));
    held.awaitCalled();
    assertThat(cluster.call(() -> here.get(2L, key -> "never")).failure())
        .isInstanceOf(LoadRejectedException.class);

    assertThat(there.get(2L, key -> "there")).isEqualTo("there");

    held.letGo();
    assertThat(running.value()).isEqualTo("held");
    assertThat(here.get(2L, key -> "never")).isEqualTo("there");
  }

  @Test
  void whoWaitsForALoadThatIsRejectedIsRejectedWithItAndDoesNotTryInTurn() throws Exception {
    // What waits for the permit of the running load is rejected when it gets it, by the rate limit:
    // at a moment that the test chooses.
    Origin queued =
        Origin.named("db")
            .maxConcurrentLoads(1)
            .maxQueuedLoads(1)
            .rateLimit(1, Duration.ofHours(2))
            .build();
    TieredCache<Long, String> cache =
        cluster.open(Tiers.ONE.options(cluster).origin(queued).loadTimeout(Duration.ofHours(1)));
    Call<String> running = cluster.call(() -> cache.get(1L, held));
    held.awaitCalled();
    AtomicInteger loads = new AtomicInteger();
    Loader<Long, String> other = key -> "load " + loads.incrementAndGet();

    List<Call<String>> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(cluster.call(() -> cache.get(2L, other)));
    }
    await().atMost(Call.PATIENCE).until(() -> queued.stats().queued() == 1);
    Cluster.awaitJoined(cache, 4);
    held.letGo();

    assertThat(running.value()).isEqualTo("held");
    assertThat(all)
        .allSatisfy(call -> assertThat(call.failure()).isInstanceOf(LoadRejectedException.class));
    assertThat(loads).hasValue(0);
    assertThat(queued.stats().rejected())
        .isEqualTo(Map.of(Limit.CONCURRENCY, 0L, Limit.RATE, 1L, Limit.CIRCUIT_BREAKER, 0L));
  }

  @Test
  void aRefreshThatTheOriginDoesNotTakeLeavesTheStaleValueAlone() throws Exception {
    TieredCache<Long, String> cache =
        cluster.open(
            cluster.alone().staleFor(Duration.ofMinutes(1)).executor(Runnable::run).origin(one));
    cache.get(1L, key -> "a");
    cluster.advance(Duration.ofMinutes(1));
    Call<String> running = cluster.call(() -> cache.get(2L, held));
    held.awaitCalled();

    assertThat(cache.get(1L, key -> "never")).isEqualTo("a");
    assertThat(cache.stats().get(Stat.REFRESH_DROPPED)).isOne();
    assertThat(cache.get(1L, key -> "never")).isEqualTo("a");
    assertThat(cache.stats().get(Stat.REFRESH_DROPPED)).as("tried again at once").isOne();

    held.letGo();
    assertThat(running.value()).isEqualTo("held");
    cluster.advance(Duration.ofSeconds(1));
    assertThat(cache.get(1L, key -> "b")).isEqualTo("a");
    assertThat(cache.get(1L, key -> "c")).isEqualTo("b");
  }

  @ParameterizedTest
  @EnumSource
  void severalKeysAreOneLoadAndAreRejectedTogether(Tiers tiers) throws Exception {
    TieredCache<Long, String> cache = open(tiers, one);
    Call<String> running = cluster.call(() -> cache.get(1L, held));
    held.awaitCalled();

    assertThat(cluster.call(() -> cache.getAll(List.of(2L, 3L), keys -> Map.of())).failure())
        .isInstanceOf(LoadRejectedException.class);
    assertThat(cache.stats().get(Stat.LOAD_REJECTED)).isOne();

    held.letGo();
    assertThat(running.value()).isEqualTo("held");
    assertThat(cache.getAll(List.of(2L, 3L), keys -> Map.of(2L, "b", 3L, "c")))
        .containsEntry(2L, "b")
        .containsEntry(3L, "c");
  }

  @ParameterizedTest
  @EnumSource
  void aTransientFailureIsTriedAgainWithinTheSameLoad(Tiers tiers) {
    Origin retrying =
        Origin.named("db")
            .retries(
                Retries.upTo(2)
                    .on(TimeoutException.class)
                    .backoff(Duration.ofMillis(1), Duration.ofMillis(1)))
            .build();
    TieredCache<Long, String> cache = open(tiers, retrying);
    AtomicInteger calls = new AtomicInteger();

    String value =
        cache.get(
            1L,
            key -> {
              if (calls.incrementAndGet() < 3) {
                throw new TimeoutException("slow");
              }
              return "v";
            });

    assertThat(value).isEqualTo("v");
    assertThat(cache.stats().get(Stat.LOAD)).isOne();
    assertThat(cache.stats().get(Stat.LOAD_FAILURE)).isEqualTo(2);
    assertThat(cache.stats().get(Stat.MISS)).isOne();
  }

  @Test
  void eachAttemptHasAContextOfItsOwn() {
    Origin retrying =
        Origin.named("db")
            .retries(Retries.upTo(1).on(TimeoutException.class))
            .random(() -> 0)
            .build();
    TieredCache<Long, String> cache = open(Tiers.ONE, retrying);
    AtomicInteger calls = new AtomicInteger();

    cache.get(
        1L,
        (key, context) -> {
          if (calls.incrementAndGet() == 1) {
            context.freshness(Freshness.uncached());
            throw new TimeoutException("slow");
          }
          return "v";
        });

    assertThat(cache.getIfPresent(1L)).hasValue("v");
  }

  @ParameterizedTest
  @EnumSource
  void anOpenBreakerRejectsWithoutCallingTheLoaderAndStaleValuesAreServed(Tiers tiers) {
    Origin breaking =
        Origin.named("db")
            .circuitBreaker(CircuitBreaking.defaults().failures(1))
            .ticker(cluster.ticker::read)
            .build();
    TieredCache<Long, String> cache =
        cluster.open(
            tiers
                .options(cluster)
                .staleFor(Duration.ofMinutes(1))
                .executor(Runnable::run)
                .origin(breaking));
    cache.get(1L, key -> "a");
    cluster.advance(Duration.ofMinutes(1));
    assertThatThrownBy(
            () ->
                cache.get(
                    2L,
                    key -> {
                      throw new IOException("down");
                    }))
        .isInstanceOf(LoadFailedException.class);

    assertThatThrownBy(() -> cache.get(3L, key -> "never"))
        .isInstanceOfSatisfying(
            LoadRejectedException.class,
            e -> {
              assertThat(e.limit()).isEqualTo(Limit.CIRCUIT_BREAKER);
              assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(30));
            });
    assertThat(cache.get(1L, key -> "never")).isEqualTo("a");
    assertThat(cache.stats().get(Stat.REFRESH_DROPPED)).isOne();
  }

  @Test
  void aLoaderThatNeverReturnsBlocksNobodyButItsThreadOnceItsTimeIsUp() throws Exception {
    Origin narrow =
        Origin.named("db")
            .maxConcurrentLoads(1)
            .loadTimeout(Duration.ofMillis(100))
            .ticker(cluster.ticker::read)
            .build();
    TieredCache<Long, String> here = open(Tiers.TWO, narrow);
    TieredCache<Long, String> there = open(Tiers.TWO, narrow);
    Call<String> hanging = cluster.call(() -> here.get(1L, held));
    held.awaitCalled();

    cluster.advance(Duration.ofMillis(100));

    // The flight, the lease and the permit have been given up.
    assertThat(here.get(2L, key -> "b")).isEqualTo("b");
    assertThat(there.get(1L, key -> "a")).isEqualTo("a");
    assertThat(here.get(1L, key -> "never")).isEqualTo("a");
    held.letGo();
    assertThat(hanging.value()).isEqualTo("held");
    assertThat(here.get(1L, key -> "never")).isEqualTo("a");
    assertThat(there.get(1L, key -> "never")).isEqualTo("a");
  }

  @Test
  void theLoadTimeoutIsTheOriginsUnlessTheCacheHasItsOwn() throws Exception {
    Origin hasty = Origin.named("db").loadTimeout(Duration.ofMillis(50)).build();
    TieredCache<Long, String> cache = open(Tiers.ONE, hasty);
    TieredCache<Long, String> patient =
        cluster.open(Tiers.ONE.options(cluster).origin(hasty).loadTimeout(Duration.ofMillis(150)));
    Call<String> first = cluster.call(() -> cache.get(1L, held));
    held.awaitCalled();
    Call<String> second = cluster.call(() -> patient.get(1L, held));
    held.awaitCalled();
    Call<String> waiter = cluster.call(() -> cache.get(1L, key -> "x"));
    Call<String> patientWaiter = cluster.call(() -> patient.get(1L, key -> "x"));
    Cluster.awaitJoined(cache, 1);
    Cluster.awaitJoined(patient, 1);

    cluster.advance(Duration.ofMillis(50));
    assertThat(waiter.failure()).isInstanceOf(LoadTimeoutException.class);
    held.letGo();

    assertThat(patientWaiter.value()).isEqualTo("held");
    assertThat(first.value()).isEqualTo("held");
    assertThat(second.value()).isEqualTo("held");
  }

  @ParameterizedTest
  @EnumSource
  void aMissThatJoinedARefreshDoesNotShareItsRejectionButQueues(Tiers tiers) throws Exception {
    Origin narrow = Origin.named("db").maxConcurrentLoads(1).build();
    CountDownLatch joined = new CountDownLatch(1);
    CacheListener<Long, String> slow =
        new CacheListener<>() {
          @Override
          public void loadRejected(Long key, Limit limit) {
            try {
              assertThat(joined.await(Call.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        };
    TieredCache<Long, String> cache =
        cluster.open(
            tiers
                .options(cluster)
                .staleFor(Duration.ofMinutes(1))
                .loadTimeout(Duration.ofHours(1))
                .listener(slow)
                .origin(narrow));
    cache.get(1L, key -> "a");
    cluster.advance(Duration.ofMinutes(1));
    Call<String> running = cluster.call(() -> cache.get(2L, held));
    held.awaitCalled();
    assertThat(cache.get(1L, key -> "never")).isEqualTo("a");
    await().atMost(Call.PATIENCE).until(() -> narrow.stats().rejected().containsValue(1L));

    Call<String> miss = cluster.call(() -> cache.get(1L, Duration.ZERO, key -> "b"));
    Cluster.awaitJoined(cache, 1);
    joined.countDown();

    await().atMost(Call.PATIENCE).until(() -> narrow.stats().queued() == 1);
    held.letGo();
    assertThat(running.value()).isEqualTo("held");
    assertThat(miss.value()).isEqualTo("b");
  }
}
