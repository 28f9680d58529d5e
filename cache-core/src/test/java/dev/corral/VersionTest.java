package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.corral.codec.StringCodec;
import dev.corral.stats.Stat;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An origin that lags: what it says after an invalidation may be older than that. */
class VersionTest {

  private final Cluster cluster = new Cluster();
  private final AtomicInteger loads = new AtomicInteger();
  private @Nullable String row = "4";

  @AfterEach
  void close() {
    cluster.close();
  }

  private @Nullable String load(Long key) {
    loads.incrementAndGet();
    return row;
  }

  private TieredCache<Long, String> open(Tiers tiers) {
    return cluster.open(tiers.options(cluster).version(Long::parseLong));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsOlderThanTheMarkIsHandedOutAndKeptNowhere(Tiers tiers) {
    TieredCache<Long, String> cache = open(tiers);
    cache.get(1L, this::load);

    cache.invalidate(1L, 5);

    assertThat(cache.get(1L, this::load)).isEqualTo("4");
    assertThat(cache.getIfPresent(1L)).isEmpty();
    assertThat(cache.get(1L, this::load)).isEqualTo("4");
    assertThat(loads).hasValue(3);
    assertThat(cache.stats().get(Stat.VERSION_REFUSED)).isEqualTo(2);
    assertThat(cache.stats().get(Stat.PUBLISH_REFUSED)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsAsNewAsTheMarkIsKept(Tiers tiers) {
    TieredCache<Long, String> cache = open(tiers);
    cache.invalidate(1L, 4);

    cache.get(1L, this::load);

    assertThat(cache.get(1L, key -> "never")).isEqualTo("4");
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNewerThanTheMarkIsKept(Tiers tiers) {
    TieredCache<Long, String> cache = open(tiers);
    cache.invalidate(1L, -5);
    row = "-4";

    cache.get(1L, this::load);

    assertThat(cache.get(1L, key -> "never")).isEqualTo("-4");
    assertThat(cache.stats().get(Stat.VERSION_REFUSED)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void absenceIsNotKeptWhileAMarkStands(Tiers tiers) {
    TieredCache<Long, String> cache =
        cluster.open(
            tiers
                .options(cluster)
                .version(Long::parseLong)
                .absentFor(Duration.ofMinutes(1))
                .versionMarkFor(Duration.ofSeconds(1)));
    cache.invalidate(1L, Long.MIN_VALUE);
    row = null;

    assertThat(cache.get(1L, this::load)).isNull();
    assertThat(cache.get(1L, this::load)).isNull();
    assertThat(loads).hasValue(2);

    cluster.advance(Duration.ofSeconds(1));
    assertThat(cache.get(1L, this::load)).isNull();
    assertThat(cache.get(1L, this::load)).isNull();
    assertThat(loads).hasValue(3);
  }

  @ParameterizedTest
  @EnumSource
  void aMarkStandsForTenSecondsUnlessToldOtherwise(Tiers tiers) {
    TieredCache<Long, String> cache = open(tiers);
    cache.invalidate(1L, 5);

    cluster.advance(Duration.ofSeconds(10).minus(Cluster.STEP));
    cache.get(1L, this::load);
    assertThat(cache.getIfPresent(1L)).isEmpty();

    cluster.tick();
    cache.get(1L, this::load);
    assertThat(cache.getIfPresent(1L)).contains("4");
  }

  @ParameterizedTest
  @EnumSource
  void ofTwoMarksTheHigherStaysAndItsTimeBeginsAnew(Tiers tiers) {
    TieredCache<Long, String> cache = open(tiers);
    cache.invalidate(1L, 5);
    cluster.tick();
    cache.invalidate(1L, 3);

    cluster.advance(Duration.ofSeconds(10).minus(Cluster.STEP));
    cache.get(1L, this::load);
    assertThat(cache.getIfPresent(1L)).isEmpty();

    cluster.tick();
    cache.get(1L, this::load);
    assertThat(cache.getIfPresent(1L)).contains("4");
  }

  @ParameterizedTest
  @EnumSource
  void aMarkIsThatOfItsKeyAlone(Tiers tiers) {
    TieredCache<Long, String> cache = open(tiers);
    cache.invalidate(1L, 5);

    Map<Long, String> both = cache.getAll(List.of(1L, 2L), keys -> Map.of(1L, "4", 2L, "4"));

    assertThat(both).containsOnly(Map.entry(1L, "4"), Map.entry(2L, "4"));
    assertThat(cache.getIfPresent(1L)).isEmpty();
    assertThat(cache.getIfPresent(2L)).contains("4");
    assertThat(cache.stats().get(Stat.VERSION_REFUSED)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void thoseWhoWaitOnTheSameNodeAreHandedTheOlderValue(Tiers tiers) throws Exception {
    TieredCache<Long, String> cache = open(tiers);
    cache.invalidate(1L, 5);
    HeldLoader lagging = HeldLoader.returning("4");
    Call<String> leader = cluster.call(() -> cache.get(1L, lagging));
    lagging.awaitCalled();
    Call<String> waiter = cluster.call(() -> cache.get(1L, lagging));
    Cluster.awaitJoined(cache, 1);

    lagging.letGo();

    assertThat(leader.value()).isEqualTo("4");
    assertThat(waiter.value()).isEqualTo("4");
    assertThat(lagging.calls()).isEqualTo(1);
    assertThat(cache.getIfPresent(1L)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aRefreshThatBringsSomethingOlderLeavesWhatIsHeld(Tiers tiers) throws Exception {
    TieredCache<Long, String> cache = open(tiers);
    cache.invalidate(1L, 5);
    cache.get(1L, key -> "5");
    cluster.tick();

    assertThat(cache.refresh(1L, this::load).get()).isEqualTo("4");

    assertThat(cache.getIfPresent(1L)).contains("5");
    assertThat(cache.stats().get(Stat.VERSION_REFUSED)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void aMarkThatComesWhileTheOldValueIsLoadedKeepsItOut(Tiers tiers) {
    TieredCache<Long, String> cache = open(tiers);

    String got =
        cache.get(
            1L,
            key -> {
              cache.invalidate(1L, 5);
              return "4";
            });

    assertThat(got).isEqualTo("4");
    assertThat(cache.getIfPresent(1L)).isEmpty();
    assertThat(cache.get(1L, this::load)).isEqualTo("4");
    assertThat(cache.get(1L, key -> "5")).isEqualTo("5");
    assertThat(cache.get(1L, key -> "never")).isEqualTo("5");
  }

  @ParameterizedTest
  @EnumSource
  void aWriteLeavesTheMarkOfWhatWasWritten(Tiers tiers) {
    TieredCache<Long, String> cache = open(tiers);
    cache.write(1L, "5", (key, value) -> {});
    assertThat(cache.get(1L, this::load)).as("held").isEqualTo("5");

    cache.invalidate(1L);

    assertThat(cache.get(1L, this::load)).isEqualTo("4");
    assertThat(cache.getIfPresent(1L)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aWriteOfWhatIsNotCachedLeavesAMarkAllTheSame(Tiers tiers) {
    TieredCache<Long, String> cache =
        cluster.open(
            mixed(tiers)
                .version(Long::parseLong)
                .freshness(
                    (key, value) ->
                        value.equals("5")
                            ? Freshness.uncached()
                            : Freshness.fresh(Duration.ofMinutes(1))));

    cache.write(1L, "5", (key, value) -> {});

    cache.get(1L, this::load);
    assertThat(cache.getIfPresent(1L)).isEmpty();
    assertThat(cache.stats().get(Stat.VERSION_REFUSED)).isEqualTo(1);
  }

  private CacheBuilder<Long, String> mixed(Tiers tiers) {
    CacheBuilder<Long, String> options =
        TieredCache.<Long, String>builder("mixed")
            .jitter(0)
            .ticker(cluster.ticker)
            .scheduler(cluster.scheduler);
    return tiers == Tiers.ONE
        ? options
        : options.remote(cluster.server.newNode(), StringCodec.utf8());
  }

  @ParameterizedTest
  @EnumSource
  void aWriterThatThrowsLeavesNoMark(Tiers tiers) {
    TieredCache<Long, String> cache = open(tiers);

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () ->
                cache.write(
                    1L,
                    "5",
                    (key, value) -> {
                      throw new IOException("refused");
                    }));

    cache.get(1L, this::load);
    assertThat(cache.getIfPresent(1L)).contains("4");
  }

  @ParameterizedTest
  @EnumSource
  void aWriteThatIsOlderThanTheMarkIsNotHeld(Tiers tiers) {
    TieredCache<Long, String> cache = open(tiers);
    cache.invalidate(1L, 6);

    cache.write(1L, "5", (key, value) -> {});

    assertThat(cache.get(1L, key -> "6")).isEqualTo("6");
    assertThat(cache.get(1L, key -> "never")).isEqualTo("6");
  }

  @ParameterizedTest
  @EnumSource
  void aPutIsNotHeldToTheMarkAndLeavesNone(Tiers tiers) {
    TieredCache<Long, String> cache = open(tiers);
    cache.invalidate(1L, 5);

    cache.put(1L, "3");
    assertThat(cache.get(1L, this::load)).isEqualTo("3");

    cache.put(2L, "5");
    cache.invalidate(2L);
    cache.get(2L, this::load);
    assertThat(cache.get(2L, key -> "never")).isEqualTo("4");
  }

  @ParameterizedTest
  @EnumSource
  void aVersionThatCannotBeToldIsAFailedLoad(Tiers tiers) {
    TieredCache<Long, String> cache = open(tiers);

    assertThatExceptionOfType(LoadFailedException.class)
        .isThrownBy(() -> cache.get(1L, key -> "none"))
        .withCauseInstanceOf(NumberFormatException.class);
  }

  @ParameterizedTest
  @EnumSource
  void aVersionThatCannotBeToldIsNotWritten(Tiers tiers) {
    TieredCache<Long, String> cache = open(tiers);

    assertThatExceptionOfType(NumberFormatException.class)
        .isThrownBy(
            () ->
                cache.write(
                    1L,
                    "none",
                    (key, value) -> {
                      throw new AssertionError("was written");
                    }));
  }

  @ParameterizedTest
  @EnumSource
  void withoutTheOptionThereAreNoMarks(Tiers tiers) {
    TieredCache<Long, String> cache = tiers.open(cluster);

    assertThatIllegalStateException()
        .isThrownBy(() -> cache.invalidate(1L, 5))
        .withMessage("invalidate with a version needs the version option of cache test");
  }

  @Test
  void aTimeForMarksNeedsVersions() {
    assertThatIllegalStateException()
        .isThrownBy(() -> cluster.alone().versionMarkFor(Duration.ofSeconds(1)).build())
        .withMessage("versionMarkFor needs version");
  }

  @Test
  void listenersAreTold() {
    RecordedListener listener = new RecordedListener();
    TieredCache<Long, String> cache =
        cluster.open(cluster.alone().version(Long::parseLong).listener(listener));
    cache.invalidate(1L, 5);

    cache.get(1L, this::load);

    assertThat(listener.news())
        .containsExactly("invalidated 1 LOCAL", "loaded 1 4 PT0S", "versionRefused 1");
  }

  // Each hit of a stale value would have it refreshed again, from a replica that still lags.
  @Test
  void aReplicaThatLagsIsNotAskedByEveryHitOfAStaleValue() {
    TestCluster nodes = new TestCluster();
    try (var cache =
        nodes.alone().version(Long::parseLong).versionMarkFor(Duration.ofMinutes(1)).build()) {
      nodes.origin.set(1, "5");
      cache.invalidate(1L, 5);
      cache.get(1L, nodes.origin);
      nodes.origin.set(1, "4");
      nodes.advance(TestCluster.FRESH);

      assertThat(cache.get(1L, nodes.origin)).isEqualTo("5");
      assertThat(cache.get(1L, nodes.origin)).isEqualTo("5");
      assertThat(nodes.origin.loads()).isEqualTo(2);

      nodes.advance(Duration.ofMillis(10));
      assertThat(cache.get(1L, nodes.origin)).isEqualTo("5");
      assertThat(nodes.origin.loads()).isEqualTo(3);
      assertThat(cache.stats().get(Stat.VERSION_REFUSED)).isEqualTo(2);
    }
  }
}
