package dev.corral;

import static dev.corral.TestCluster.FRESH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.corral.remote.RemoteStep;
import dev.corral.stats.Stat;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GetAllTest {

  private final TestCluster cluster = new TestCluster();
  private final TestOrigin origin = cluster.origin.set(1, "a").set(2, "b").set(3, "c");
  private final ManualExecutor executor = new ManualExecutor();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theAnswerIsInTheOrderOfTheKeys(boolean shared) {
    var cache = (shared ? cluster.node() : cluster.alone()).build();
    cache.get(2L, origin);

    assertThat(cache.getAll(List.of(3L, 2L, 1L), origin))
        .containsExactly(Map.entry(3L, "c"), Map.entry(2L, "b"), Map.entry(1L, "a"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aKeyThatIsGivenTwiceIsAskedForOnce(boolean shared) {
    var cache = (shared ? cluster.node() : cluster.alone()).build();

    assertThat(cache.getAll(List.of(2L, 1L, 2L), origin))
        .containsExactly(Map.entry(2L, "b"), Map.entry(1L, "a"));

    assertThat(origin.asked()).containsExactly(Set.of(1L, 2L));
    assertThat(cache.stats().misses()).isEqualTo(2);
  }

  @Test
  void noKeysHaveNoValues() {
    var cache = cluster.node().build();

    assertThat(cache.getAll(List.of(), origin)).isEmpty();

    assertThat(origin.loads()).isZero();
    assertThat(cluster.server.countOfAll()).isZero();
  }

  @Test
  void eachKeyComesFromTheNearestTierThatHasIt() {
    var cache = cluster.node().build();
    cache.get(1L, origin);
    cluster.node().build().get(2L, origin);
    cluster.server.resetCounts();

    assertThat(cache.getAll(List.of(1L, 2L, 3L, 4L), origin))
        .containsExactly(Map.entry(1L, "a"), Map.entry(2L, "b"), Map.entry(3L, "c"));

    assertThat(origin.asked()).last().isEqualTo(Set.of(3L, 4L));
    assertThat(cluster.server.countOf(RemoteStep.LOOK_UP_ALL)).isOne();
    assertThat(cache.stats().get(Stat.LOCAL_HIT)).isOne();
    assertThat(cache.stats().get(Stat.REMOTE_HIT)).isOne();
    assertThat(cache.stats().get(Stat.MISS)).isEqualTo(4);
  }

  @Test
  void whatWasLoadedIsHeldByBothTiers() {
    var cache = cluster.node().build();
    cache.getAll(List.of(1L, 2L), origin);

    assertThat(cache.getIfPresent(1L)).contains("a");
    assertThat(cluster.node().build().get(2L, origin)).isEqualTo("b");
    assertThat(cluster.server.countOf(RemoteStep.PUBLISH_ALL)).isOne();
    assertThat(cluster.server.countOf(RemoteStep.PUBLISH)).isZero();
    assertThat(origin.loads()).isOne();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void staleValuesAreServedAndRefreshed(boolean shared) {
    var cache = (shared ? cluster.node() : cluster.alone()).executor(executor).build();
    cache.getAll(List.of(1L, 2L), origin);
    cluster.advance(FRESH);
    origin.set(1, "new");

    assertThat(cache.getAll(List.of(1L, 2L, 3L), origin))
        .containsExactly(Map.entry(1L, "a"), Map.entry(2L, "b"), Map.entry(3L, "c"));
    assertThat(cache.stats().get(Stat.STALE_HIT)).isEqualTo(2);
    assertThat(executor.waiting()).isEqualTo(2);

    executor.runAll();
    assertThat(cache.getIfPresent(1L)).contains("new");
    assertThat(origin.asked()).containsExactly(Set.of(1L, 2L), Set.of(3L), Set.of(1L), Set.of(2L));
  }

  @Test
  void staleValuesOfTheRemoteTierAreServedAndRefreshed() {
    cluster.node().build().getAll(List.of(1L, 2L), origin);
    cluster.advance(FRESH);
    var other = cluster.node().executor(executor).build();

    assertThat(other.getAll(List.of(1L, 2L), origin.set(1, "new")))
        .containsExactly(Map.entry(1L, "a"), Map.entry(2L, "b"));
    assertThat(origin.loads()).isOne();
    executor.runAll();

    assertThat(other.getIfPresent(1L)).contains("new");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatTheLoaderAddsIsIgnored(boolean shared) {
    var cache = (shared ? cluster.node() : cluster.alone()).build();

    assertThat(cache.getAll(List.of(1L), keys -> Map.of(1L, "a", 9L, "z")))
        .containsExactly(Map.entry(1L, "a"));

    assertThat(cache.getIfPresent(9L)).isEmpty();
  }

  @Test
  void theLoaderCannotChangeWhichKeysAreAskedFor() {
    var cache = cluster.alone().build();

    assertThatExceptionOfType(LoadFailedException.class)
        .isThrownBy(
            () ->
                cache.getAll(
                    List.of(1L),
                    keys -> {
                      keys.clear();
                      return Map.of();
                    }))
        .withCauseExactlyInstanceOf(UnsupportedOperationException.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFailureIsThatOfEachKey(boolean shared) {
    var cache = (shared ? cluster.node() : cluster.alone()).build();
    IOException down = new IOException("down");
    cache.get(3L, origin);

    assertThatExceptionOfType(LoadFailedException.class)
        .isThrownBy(() -> cache.getAll(List.of(3L, 1L, 2L), origin.failWith(down)))
        .withMessage("Loading 1 for cache products failed: java.io.IOException: down")
        .withCause(down)
        .satisfies(e -> assertThat(e.key()).isEqualTo(1L));
    assertThat(cache.getIfPresent(3L)).contains("c");
    assertThat(cache.stats().get(Stat.LOAD_FAILURE)).isOne();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whoeverWaitsForOneOfTheKeysIsToldOfThatKey(boolean shared) {
    var cache = (shared ? cluster.node() : cluster.alone()).build();
    List<CompletableFuture<String>> waiting = new ArrayList<>();

    assertThatExceptionOfType(LoadFailedException.class)
        .isThrownBy(
            () ->
                cache.getAll(
                    List.of(1L, 2L),
                    keys -> {
                      waiting.add(CompletableFuture.supplyAsync(() -> cache.get(2L, origin)));
                      Awaitility.await().until(() -> cache.stats().get(Stat.COALESCED) == 1);
                      throw new IOException("down");
                    }));

    assertThat(waiting.get(0))
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(LoadFailedException.class)
        .withMessage("Loading 2 for cache products failed: java.io.IOException: down")
        .satisfies(e -> assertThat(((LoadFailedException) e).key()).isEqualTo(2L));
    assertThat(origin.loads()).isZero();
  }

  @Test
  void aFailureIsRememberedForEachKey() {
    var cache = cluster.node().build();
    assertThatExceptionOfType(LoadFailedException.class)
        .isThrownBy(() -> cache.getAll(List.of(1L, 2L), origin.failWith(new IOException("down"))));

    assertThatExceptionOfType(LoadFailedException.class)
        .isThrownBy(() -> cluster.node().build().get(2L, origin.recover()))
        .satisfies(e -> assertThat(e.key()).isEqualTo(2L));
    assertThat(origin.loads()).isOne();
  }

  @Test
  @SuppressWarnings("NullAway") // that is what the test is about
  void noMapIsAFailure() {
    var cache = cluster.node().build();

    assertThatExceptionOfType(LoadFailedException.class)
        .isThrownBy(() -> cache.getAll(List.of(1L), keys -> null))
        .withCauseExactlyInstanceOf(NullPointerException.class);
  }

  @Test
  @SuppressWarnings("NullAway") // that is what the test is about
  void nullIsNoKeyAndNoLoader() {
    var cache = cluster.node().build();

    assertThatNullPointerException()
        .isThrownBy(() -> cache.getAll(Arrays.asList(1L, null), origin));
    assertThatNullPointerException()
        .isThrownBy(() -> cache.getAll(List.of(1L), null))
        .withMessage("loader");
    assertThat(origin.loads()).isZero();
  }

  @Test
  void theRemoteTierMayBeAway() {
    var cache = cluster.node().build();
    cluster.server.fail(true);

    assertThat(cache.getAll(List.of(1L, 2L), origin)).hasSize(2);

    assertThat(origin.loads()).isOne();
    assertThat(cache.getIfPresent(2L)).contains("b");
  }
}
