package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.remote.RemoteStep;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many keys at a time: each is in a flight of its own. */
class BulkFlightTest {

  /** Times the keys, not more than fit in the cache. */
  private static final int ROUNDS = 20;

  /** So many that two threads are bound to meet: with four, they did not. */
  private static final int KEYS = 400;

  private final Cluster cluster = new Cluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @ParameterizedTest
  @EnumSource
  void twoThreadsWithOverlappingKeysInOppositeOrdersNeitherDeadlockNorLoadTwice(Tiers tiers) {
    TieredCache<Long, String> cache = tiers.open(cluster);

    assertOppositeOrders(cache, cache);
  }

  @Test
  void twoNodesWithOverlappingKeysInOppositeOrdersNeitherDeadlockNorLoadTwice() {
    assertOppositeOrders(cluster.node(), cluster.node());
  }

  private void assertOppositeOrders(TieredCache<Long, String> one, TieredCache<Long, String> two) {
    ConcurrentMap<Long, AtomicInteger> loads = new ConcurrentHashMap<>();
    BulkLoader<Long, String> loader =
        keys -> {
          keys.forEach(
              key -> loads.computeIfAbsent(key, k -> new AtomicInteger()).incrementAndGet());
          return values(keys);
        };
    CyclicBarrier start = new CyclicBarrier(2);

    Call<Boolean> forwards =
        cluster.call(
            () -> {
              for (long round = 0; round < ROUNDS; round++) {
                start.await();
                assertThat(one.getAll(keysFrom(round * 2 * KEYS), loader)).hasSize(KEYS);
              }
              return true;
            });
    Call<Boolean> backwards =
        cluster.call(
            () -> {
              for (long round = 0; round < ROUNDS; round++) {
                start.await();
                List<Long> reversed = keysFrom(round * 2 * KEYS + 1);
                Collections.reverse(reversed);
                assertThat(two.getAll(reversed, loader)).hasSize(KEYS);
              }
              return true;
            });

    assertThat(forwards.value()).isTrue();
    assertThat(backwards.value()).isTrue();
    assertThat(loads).hasSize((KEYS + 1) * ROUNDS);
    assertThat(loads.values()).allSatisfy(count -> assertThat(count).hasValue(1));
  }

  private static List<Long> keysFrom(long first) {
    return LongStream.range(first, first + KEYS).boxed().collect(Collectors.toList());
  }

  @ParameterizedTest
  @EnumSource
  void whatOthersLoadIsWaitedForAfterOwnFlightsHaveEnded(Tiers tiers) throws Exception {
    TieredCache<Long, String> cache = tiers.open(cluster);
    HeldLoader two = HeldLoader.returning("two");
    Call<String> other = cluster.call(() -> cache.get(2L, two));
    two.awaitCalled();
    Call<Map<Long, String>> bulk =
        cluster.call(() -> cache.getAll(List.of(1L, 2L, 3L), BulkFlightTest::values));
    Cluster.awaitJoined(cache, 1);

    assertThat(cache.get(1L, key -> "never")).as("has landed").isEqualTo("v1");
    assertThat(cache.get(3L, key -> "never")).as("has landed").isEqualTo("v3");
    two.letGo();

    assertThat(other.value()).isEqualTo("two");
    assertThat(bulk.value()).containsExactlyEntriesOf(ordered(1L, "v1", 2L, "two", 3L, "v3"));
  }

  @Test
  void whatAnotherNodeLoadsIsWaitedForAfterOwnLoadsAreThere() throws Exception {
    TieredCache<Long, String> here = cluster.node();
    TieredCache<Long, String> there = cluster.node();
    HeldLoader two = HeldLoader.returning("two");
    Call<String> other = cluster.call(() -> there.get(2L, two));
    two.awaitCalled();
    Call<Map<Long, String>> bulk =
        cluster.call(() -> here.getAll(List.of(1L, 2L, 3L), BulkFlightTest::values));
    cluster.awaitSteps(RemoteStep.AWAIT, 1);

    assertThat(there.get(1L, key -> "never")).as("is published").isEqualTo("v1");
    two.letGo();

    assertThat(other.value()).isEqualTo("two");
    assertThat(bulk.value()).containsExactlyEntriesOf(ordered(1L, "v1", 2L, "two", 3L, "v3"));
  }

  @ParameterizedTest
  @EnumSource
  void aFailureOfTheBulkLoaderIsThatOfAllWhoWaitForItsKeys(Tiers tiers) throws Exception {
    TieredCache<Long, String> cache = tiers.open(cluster);
    IllegalStateException cause = new IllegalStateException("origin away");
    HeldBulkLoader loader =
        new HeldBulkLoader(
            keys -> {
              throw cause;
            });
    Call<Map<Long, String>> bulk = cluster.call(() -> cache.getAll(List.of(1L, 2L), loader));
    loader.awaitCalled();
    Call<String> one = cluster.call(() -> cache.get(1L, key -> "never"));
    Call<String> two = cluster.call(() -> cache.get(2L, key -> "never"));
    Cluster.awaitJoined(cache, 2);

    loader.letGo();

    assertThat(bulk.failure()).isInstanceOf(LoadFailedException.class).cause().isSameAs(cause);
    assertFailed(one.failure(), 1L, cause);
    assertFailed(two.failure(), 2L, cause);
  }

  @ParameterizedTest
  @EnumSource
  void anErrorOfTheBulkLoaderPassesThroughAndFailsAllWhoWaitForItsKeys(Tiers tiers)
      throws Exception {
    TieredCache<Long, String> cache = tiers.open(cluster);
    StackOverflowError error = new StackOverflowError();
    HeldBulkLoader loader =
        new HeldBulkLoader(
            keys -> {
              throw error;
            });
    Call<Map<Long, String>> bulk = cluster.call(() -> cache.getAll(List.of(1L, 2L), loader));
    loader.awaitCalled();
    Call<String> two = cluster.call(() -> cache.get(2L, key -> "never"));
    Cluster.awaitJoined(cache, 1);

    loader.letGo();

    assertThat(bulk.failure()).isSameAs(error);
    assertFailed(two.failure(), 2L, error);
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptedBulkLoadLeavesEachKeyToWhoWaitsForIt(Tiers tiers) throws Exception {
    TieredCache<Long, String> cache = tiers.open(cluster);
    HeldBulkLoader loader = new HeldBulkLoader(BulkFlightTest::values);
    Call<Map<Long, String>> bulk = cluster.call(() -> cache.getAll(List.of(1L, 2L), loader));
    loader.awaitCalled();
    Call<String> one = cluster.call(() -> cache.get(1L, key -> "one"));
    Call<String> two = cluster.call(() -> cache.get(2L, key -> "two"));
    Cluster.awaitJoined(cache, 2);

    bulk.interrupt();

    assertThat(bulk.failure()).isInstanceOf(LoadInterruptedException.class);
    assertThat(bulk.endedInterrupted()).isTrue();
    assertThat(one.value()).isEqualTo("one");
    assertThat(two.value()).isEqualTo("two");
  }

  @ParameterizedTest
  @EnumSource
  void aKeyThatIsInvalidatedDuringTheBulkLoadIsNotKeptAndTheOthersAre(Tiers tiers)
      throws Exception {
    TieredCache<Long, String> cache = tiers.open(cluster);
    HeldBulkLoader loader = new HeldBulkLoader(BulkFlightTest::values);
    Call<Map<Long, String>> bulk = cluster.call(() -> cache.getAll(List.of(1L, 2L), loader));
    loader.awaitCalled();

    cache.invalidate(1L);
    loader.letGo();

    assertThat(bulk.value()).containsExactlyEntriesOf(ordered(1L, "v1", 2L, "v2"));
    assertThat(cache.get(1L, key -> "new")).isEqualTo("new");
    assertThat(cache.get(2L, key -> "never")).isEqualTo("v2");
  }

  private static void assertFailed(Throwable failure, Long key, Throwable cause) {
    assertThat(failure).isInstanceOf(LoadFailedException.class).cause().isSameAs(cause);
    assertThat(((LoadFailedException) failure).key()).isEqualTo(key);
  }

  private static Map<Long, String> values(Collection<? extends Long> keys) {
    return keys.stream().collect(Collectors.toMap(Function.identity(), key -> "v" + key));
  }

  private static Map<Long, String> ordered(Object... keysAndValues) {
    Map<Long, String> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((Long) keysAndValues[i], (String) keysAndValues[i + 1]);
    }
    return map;
  }

  /** A bulk loader that tells when it was called, and answers when it is let. */
  private record HeldBulkLoader(
      BulkLoader<Long, String> answer, CountDownLatch called, CountDownLatch let)
      implements BulkLoader<Long, String> {

    HeldBulkLoader(BulkLoader<Long, String> answer) {
      this(answer, new CountDownLatch(1), new CountDownLatch(1));
    }

    @Override
    public Map<? extends Long, ? extends String> loadAll(Set<? extends Long> keys)
        throws Exception {
      called.countDown();
      assertThat(let.await(Call.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      return answer.loadAll(keys);
    }

    void awaitCalled() throws InterruptedException {
      assertThat(called.await(Call.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    void letGo() {
      let.countDown();
    }
  }
}
