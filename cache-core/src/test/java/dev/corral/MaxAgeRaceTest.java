package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Callers who say how old a value may be. */
class MaxAgeRaceTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Cluster cluster = new Cluster();
  private final AtomicInteger loads = new AtomicInteger();
  private final Loader<Long, String> counting = key -> "load " + loads.incrementAndGet();

  @AfterEach
  void close() {
    cluster.close();
  }

  @ParameterizedTest
  @EnumSource
  void zeroAlwaysLoads(Tiers tiers) {
    TieredCache<Long, String> cache = tiers.open(cluster);

    for (int i = 1; i <= 3; i++) {
      assertThat(cache.get(1L, Duration.ZERO, counting)).isEqualTo("load " + i);
      assertThat(cache.get(1L, counting)).as("the others get the newest").isEqualTo("load " + i);
      cluster.tick();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoAskedBeforeALoadBeganSharesIt(Tiers tiers) throws Exception {
    TieredCache<Long, String> cache = tiers.open(cluster);
    HeldLoader loader = HeldLoader.returning("shared");
    Call<String> leader = cluster.call(() -> cache.get(1L, Duration.ZERO, loader));
    loader.awaitCalled();
    // The ticker stands still: this one asked when the load began.
    Call<String> waiter = cluster.call(() -> cache.get(1L, Duration.ZERO, loader));
    Cluster.awaitJoined(cache, 1);

    loader.letGo();

    assertThat(leader.value()).isEqualTo("shared");
    assertThat(waiter.value()).isEqualTo("shared");
    assertThat(loader.calls()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void whoAsksDuringALoadDoesNotTakeItsValue(Tiers tiers) throws Exception {
    TieredCache<Long, String> cache = tiers.open(cluster);
    HeldLoader older = HeldLoader.returning("older");
    HeldLoader newer = HeldLoader.returning("newer");
    Call<String> leader = cluster.call(() -> cache.get(1L, Duration.ZERO, older));
    older.awaitCalled();
    cluster.tick();
    Call<String> strict = cluster.call(() -> cache.get(1L, Duration.ZERO, newer));
    Call<String> alsoStrict = cluster.call(() -> cache.get(1L, Duration.ZERO, newer));
    Call<String> lenient = cluster.call(() -> cache.get(1L, key -> "never"));
    Cluster.awaitJoined(cache, 3);

    older.letGo();
    newer.awaitCalled().letGo();

    assertThat(leader.value()).isEqualTo("older");
    assertThat(lenient.value()).isEqualTo("older");
    assertThat(strict.value()).isEqualTo("newer");
    assertThat(alsoStrict.value()).isEqualTo("newer");
    assertThat(newer.calls()).isEqualTo(1);
  }

  @Test
  void whoAsksDuringALoadOfAnotherNodeDoesNotTakeItsValue() throws Exception {
    TieredCache<Long, String> here = cluster.node();
    TieredCache<Long, String> there = cluster.node();
    HeldLoader older = HeldLoader.returning("older");
    Call<String> leader = cluster.call(() -> there.get(1L, Duration.ZERO, older));
    older.awaitCalled();
    cluster.tick();
    Call<String> strict = cluster.call(() -> here.get(1L, Duration.ZERO, key -> "newer"));
    cluster.noteRegistrations();
    cluster.awaitRegistered(1);
    cluster.tick();

    older.letGo();

    assertThat(leader.value()).isEqualTo("older");
    assertThat(strict.value()).isEqualTo("newer");
  }

  @Test
  void theAgeOfARemoteValueCountsFromTheBeginningOfItsLoadOnAnyNode() {
    TieredCache<Long, String> here = cluster.node();
    TieredCache<Long, String> there = cluster.node();
    there.get(
        1L,
        key -> {
          cluster.advance(SECOND);
          return counting.load(key);
        });
    cluster.advance(SECOND);

    // A load of a second, a second since, and the millisecond that the remote tier may not tell.
    Duration age = SECOND.multipliedBy(2).plusMillis(1);
    assertThat(here.get(1L, age, counting)).isEqualTo("load 1");
    assertThat(here.get(1L, age.minusNanos(1), counting)).isEqualTo("load 2");
    assertThat(there.get(1L, SECOND, counting)).as("from the other node").isEqualTo("load 2");
  }

  @Test
  void aValueThatWasCheckedIsAsOldAsTheBeginningOfItsCheckOnAnyNode() throws Exception {
    TieredCache<Long, String> here = cluster.node();
    TieredCache<Long, String> there = cluster.node();
    here.get(1L, key -> "value");
    cluster.tick();
    HeldLoader check = HeldLoader.returning("asked");
    Call<String> checking = cluster.call(() -> here.get(1L, Duration.ZERO, unchanged(check)));
    check.awaitCalled();
    cluster.advance(Duration.ofMillis(300));
    cluster.noteRegistrations();
    Call<String> strict = cluster.call(() -> there.get(1L, Duration.ZERO, key -> "newer"));
    cluster.awaitRegistered(1);
    cluster.advance(Duration.ofMillis(100));

    check.letGo();

    assertThat(checking.value()).isEqualTo("value");
    assertThat(strict.value()).isEqualTo("newer");
  }

  @Test
  void aCheckThatTookLongerThanTheValueLivesPublishesItAnew() throws Exception {
    TieredCache<Long, String> here = cluster.open(options(SECOND));
    TieredCache<Long, String> there = cluster.open(options(SECOND));
    here.get(1L, key -> "value");
    cluster.tick();
    HeldLoader check = HeldLoader.returning("asked");
    Call<String> checking = cluster.call(() -> here.get(1L, Duration.ZERO, unchanged(check)));
    check.awaitCalled();
    cluster.advance(SECOND.multipliedBy(2));

    check.letGo();

    assertThat(checking.value()).isEqualTo("value");
    Duration age = SECOND.multipliedBy(2).plusMillis(1);
    assertThat(cluster.call(() -> there.get(1L, age, key -> "never")).value()).isEqualTo("value");
    assertThat(there.get(1L, age.minusNanos(1), key -> "newer")).isEqualTo("newer");
  }

  @Test
  void aCheckThatTookLongShortensTheLifeInBothTiers() throws Exception {
    TieredCache<Long, String> here = cluster.open(options(SECOND));
    TieredCache<Long, String> there = cluster.open(options(SECOND));
    here.get(1L, key -> "value");
    cluster.tick();
    HeldLoader check = HeldLoader.returning("asked");
    Call<String> checking = cluster.call(() -> here.get(1L, Duration.ZERO, unchanged(check)));
    check.awaitCalled();
    cluster.advance(Duration.ofMillis(400));
    check.letGo();
    assertThat(checking.value()).isEqualTo("value");

    cluster.advance(Duration.ofMillis(590));
    assertThat(here.getIfPresent(1L)).hasValue("value");
    cluster.tick();

    assertThat(here.getIfPresent(1L)).isEmpty();
    assertThat(there.get(1L, key -> "newer")).isEqualTo("newer");
  }

  private CacheBuilder<Long, String> options(Duration freshFor) {
    return cluster.shared().freshFor(freshFor).loadTimeout(Duration.ofHours(1));
  }

  private static ContextLoader<Long, String> unchanged(HeldLoader check) {
    return (key, context) -> {
      check.load(key);
      return context.notModified();
    };
  }

  @Test
  void aValueThatIsTooOldForOneIsServedToTheOthersMeanwhile() throws Exception {
    TieredCache<Long, String> here = cluster.node();
    TieredCache<Long, String> there = cluster.node();
    here.get(1L, key -> "older");
    cluster.tick();
    HeldLoader loader = HeldLoader.returning("newer");
    Call<String> strict = cluster.call(() -> here.get(1L, Duration.ZERO, loader));
    loader.awaitCalled();

    assertThat(here.get(1L, key -> "never")).isEqualTo("older");
    assertThat(there.get(1L, key -> "never")).as("from the remote tier").isEqualTo("older");
    loader.letGo();
    assertThat(strict.value()).isEqualTo("newer");
  }
}
