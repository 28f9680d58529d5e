package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.corral.codec.StringCodec;
import dev.corral.origin.Origin;
import dev.corral.origin.Retries;
import dev.corral.remote.RemoteStep;
import dev.corral.stats.Stat;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches of which some keys fail, and batches that are too large for one call. */
class PartialLoadTest {

  private static final Duration MILLI = Duration.ofMillis(1);

  private final TestCluster cluster = new TestCluster();
  private final IOException locked = new IOException("row locked");

  /** What the loader was asked for, call by call. */
  private final List<Set<Long>> asked = new ArrayList<>();

  private CacheBuilder<Long, String> builder(boolean shared) {
    return shared ? cluster.node() : cluster.alone();
  }

  /** Loads all keys but one, and says so. */
  private Map<Long, String> allBut2(Set<? extends Long> keys) throws PartialLoadException {
    asked.add(Set.copyOf(keys));
    Map<Long, String> values = new HashMap<>();
    keys.stream()
        .filter(key -> key != 2 && key != 4)
        .forEach(key -> values.put(key, "value " + key));
    if (keys.contains(2L)) {
      throw new PartialLoadException(values, Map.of(2L, locked));
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatCouldBeLoadedIsKeptAndTheRestFailsKeyByKey(boolean shared) {
    var cache = builder(shared).build();

    BulkResult<Long, String> result = cache.getEach(List.of(1L, 2L, 3L, 4L), this::allBut2);

    assertThat(result.values()).containsExactly(Map.entry(1L, "value 1"), Map.entry(3L, "value 3"));
    assertThat(result.failures()).containsOnlyKeys(2L);
    assertThat(result.failures().get(2L))
        .isInstanceOf(LoadFailedException.class)
        .hasMessageContaining("Loading 2 for cache products failed")
        .hasCause(locked);
    assertThat(cache.getIfPresent(1L)).contains("value 1");
    assertThat(cache.get(3L, key -> "new")).isEqualTo("value 3");
    assertThat(cache.stats().get(Stat.LOAD_FAILURE)).isOne();
  }

  @Test
  void otherNodesGetWhatWasLoadedAndLeaveAloneWhatFailed() {
    cluster.node().build().getEach(List.of(1L, 2L, 3L), this::allBut2);
    var other = cluster.node().build();

    BulkResult<Long, String> result = other.getEach(List.of(1L, 2L, 3L), this::allBut2);

    assertThat(result.values()).containsOnlyKeys(1L, 3L);
    assertThat(result.failures().get(2L))
        .isInstanceOfSatisfying(
            LoadFailedException.class, e -> assertThat(e.retryAfter()).isPresent());
    assertThat(asked).hasSize(1);
  }

  @Test
  void getAllThrowsTheFirstFailureAndHasCachedTheOthers() {
    var cache = cluster.node().build();

    assertThatExceptionOfType(LoadFailedException.class)
        .isThrownBy(() -> cache.getAll(List.of(1L, 2L, 3L), this::allBut2))
        .withCause(locked)
        .satisfies(e -> assertThat(e.key()).isEqualTo(2L));

    assertThat(cache.getAll(List.of(1L, 3L), this::allBut2)).hasSize(2);
    assertThat(asked).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRetryAsksOnlyForWhatFailed(boolean shared) {
    var origin =
        Origin.named("db")
            .retries(Retries.upTo(2).on(PartialLoadException.class).backoff(MILLI, MILLI))
            .build();
    var cache = builder(shared).origin(origin).build();

    BulkResult<Long, String> result =
        cache.getEach(
            List.of(1L, 2L, 3L),
            keys -> {
              if (asked.isEmpty()) {
                return allBut2(keys);
              }
              asked.add(Set.copyOf(keys));
              return Map.of(2L, "at last");
            });

    assertThat(result.failures()).isEmpty();
    assertThat(result.values())
        .containsOnly(Map.entry(1L, "value 1"), Map.entry(2L, "at last"), Map.entry(3L, "value 3"));
    assertThat(asked).containsExactly(Set.of(1L, 2L, 3L), Set.of(2L));
  }

  @Test
  void listenersAreToldOfEachKeyByItsOwnCause() {
    List<String> told = new ArrayList<>();
    var cache =
        cluster
            .alone()
            .listener(
                new CacheListener<Long, String>() {
                  @Override
                  public void loaded(Long key, @Nullable String value, Duration cost) {
                    told.add(key + " loaded");
                  }

                  @Override
                  public void loadFailed(Long key, Throwable failure, Duration cost) {
                    told.add(key + " " + failure.getMessage());
                  }
                })
            .build();

    cache.getEach(List.of(1L, 2L, 3L), this::allBut2);

    assertThat(told).containsExactlyInAnyOrder("1 loaded", "3 loaded", "2 row locked");
  }

  @Test
  void aSingleKeyThatIsLoadedByTheBulkLoaderFailsWithItsOwnCause() {
    // Another node holds the lease of key 2 and gives it up: the key goes the way of a single one.
    var one = new LoadOfOne<Long, String>(this::allBut2);

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> one.load(2L, new LoadCall<>(null)))
        .isSameAs(locked);
  }

  /** Which lives long is decided by a function of the user's own, and this one throws. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aValueThatCannotBeMeasuredFailsAllThatCameWithItAndLeavesNoLease(boolean partial) {
    var cache =
        cluster
            .bare(Long.class, String.class)
            .remote(cluster.server.newNode(), StringCodec.utf8())
            .freshness(
                (key, value) -> {
                  if (key == 3) {
                    throw new IllegalStateException("no life for " + key);
                  }
                  return Freshness.fresh(Duration.ofMinutes(1));
                })
            .build();

    BulkResult<Long, String> result =
        cache.getEach(
            List.of(1L, 2L, 3L),
            keys -> partial ? allBut2(keys) : Map.of(1L, "a", 2L, "b", 3L, "c"));

    assertThat(result.values()).isEmpty();
    assertThat(result.failures()).containsOnlyKeys(1L, 2L, 3L);
    assertThat(result.failures().get(1L)).hasRootCauseMessage("no life for 3");
    // Each is left alone for its back-off, as after any failure, and no longer.
    cluster.advance(Duration.ofMinutes(1));
    assertThat(cluster.node().build().get(1L, key -> "new")).isEqualTo("new");
    assertThat(cluster.server.countOf(RemoteStep.FAIL)).isEqualTo(3);
  }

  @Test
  void leasesOfLaterBatchesAreKeptUntilTheirTurnAndThoseOfEarlierOnesNoLonger() {
    var cache = cluster.node().maximumBatchSize(1).build();
    List<Integer> givenUp = new ArrayList<>();

    cache.getAll(
        List.of(1L, 2L),
        keys -> {
          // Each takes almost all of the time that a load has, with its renewals.
          for (int second = 0; second < 9; second++) {
            cluster.advance(Duration.ofSeconds(1));
            cluster.sync();
          }
          givenUp.add(cluster.server.countOf(RemoteStep.RELEASE));
          return Map.of(1L, "a", 2L, "b");
        });

    assertThat(givenUp).containsExactly(0, 0);
    assertThat(cache.stats().get(Stat.LEASE_LOST)).isZero();
    assertThat(cache.stats().get(Stat.PUBLISH_REFUSED)).isZero();
  }

  @Test
  void aFailureForKeysThatNobodyAskedForHarmsNobody() {
    var cache = cluster.node().build();

    BulkResult<Long, String> result =
        cache.getEach(
            List.of(1L),
            keys -> {
              throw new PartialLoadException(Map.of(1L, "a"), Map.of(9L, locked));
            });

    assertThat(result.values()).containsExactly(Map.entry(1L, "a"));
    assertThat(result.failures()).isEmpty();
  }

  @Test
  void aPartialLoadWithoutFailuresIsNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PartialLoadException(Map.of(1L, "a"), Map.of()))
        .withMessage("failures must not be empty: return the values instead");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLoaderIsNotGivenMoreKeysThanABatchHas(boolean shared) {
    var cache = builder(shared).maximumBatchSize(3).build();
    List<Long> keys = LongStream.rangeClosed(5, 12).boxed().toList();

    assertThat(cache.getAll(keys, this::allBut2)).containsOnlyKeys(keys);

    assertThat(asked).containsExactly(Set.of(5L, 6L, 7L), Set.of(8L, 9L, 10L), Set.of(11L, 12L));
    assertThat(cluster.server.countOf(RemoteStep.LOOK_UP_ALL)).isEqualTo(shared ? 1 : 0);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aBatchThatFailsDoesNotKeepTheNextOneFromLoading(boolean shared) {
    var cache = builder(shared).maximumBatchSize(1).build();

    BulkResult<Long, String> result =
        cache.getEach(
            List.of(1L, 2L, 3L),
            keys -> {
              if (keys.contains(2L)) {
                throw locked;
              }
              return allBut2(keys);
            });

    assertThat(result.values()).containsOnlyKeys(1L, 3L);
    assertThat(result.failures()).containsOnlyKeys(2L);
  }

  @Test
  void anErrorInOneBatchLeavesNoLeaseOfTheNextOnes() {
    var cache = cluster.node().maximumBatchSize(1).build();

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(
            () ->
                cache.getAll(
                    List.of(1L, 2L),
                    keys -> {
                      throw new AssertionError("bug");
                    }));

    // Not after the lease has expired, nor after a pause: key 2 was never tried.
    assertThat(cluster.node().build().get(2L, key -> "value")).isEqualTo("value");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 100_001})
  void aBatchHasBounds(int size) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cluster.alone().maximumBatchSize(size))
        .withMessage("maximumBatchSize must be from 1 to 100000: " + size);
  }
}
