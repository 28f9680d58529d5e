package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.corral.codec.StringCodec;
import dev.corral.origin.RetryAfter;
import dev.corral.stats.Stat;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys that failed are left alone, by a process that has only itself to remember it. */
class FailureMemoryTest {

  private static final Duration BASE = Duration.ofMillis(100);

  /** Who has nobody to remember failures for it: it has no remote tier, or cannot reach it. */
  enum Lonely {
    ONE_TIER {
      @Override
      TieredCache<Long, String> open(TestCluster cluster) {
        return cluster.alone().build();
      }
    },
    CUT_OFF {
      @Override
      TieredCache<Long, String> open(TestCluster cluster) {
        TieredCache<Long, String> cache = cluster.node().build();
        cluster.server.fail(true);
        return cache;
      }
    };

    abstract TieredCache<Long, String> open(TestCluster cluster);
  }

  /** A failure that says when to come back. */
  private static final class Busy extends IOException implements RetryAfter {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    private Busy(Duration retryAfter) {
      super("busy");
      this.retryAfter = retryAfter;
    }

    @Override
    public Duration retryAfter() {
      return retryAfter;
    }
  }

  private final TestCluster cluster = new TestCluster();
  private final TestOrigin origin = cluster.origin.set(1, "a").set(2, "b");

  private LoadFailedException failureOf(TieredCache<Long, String> cache) {
    return catchThrowableOfType(LoadFailedException.class, () -> cache.get(1L, origin));
  }

  @ParameterizedTest
  @EnumSource
  void aKeyThatFailedIsNotTriedAgainBeforeItsTime(Lonely kind) {
    TieredCache<Long, String> cache = kind.open(cluster);
    origin.failWith(new IOException("down"));
    assertThat(failureOf(cache).retryAfter()).contains(BASE);
    origin.recover();

    cluster.advance(BASE.minus(Duration.ofMillis(1)));
    LoadFailedException remembered = failureOf(cache);

    assertThat(remembered.retryAfter()).contains(Duration.ofMillis(1));
    assertThat(remembered.failureType()).isEqualTo("java.io.IOException");
    assertThat(remembered).hasMessageContaining("down").hasNoCause();
    assertThat(origin.loads()).isOne();
    assertThat(cache.stats().get(Stat.BACKED_OFF)).isOne();
    cluster.advance(Duration.ofMillis(1));
    assertThat(cache.get(1L, origin)).isEqualTo("a");
  }

  @ParameterizedTest
  @EnumSource
  void theTimeGrowsToItsCapAndBeginsAnewAfterASuccess(Lonely kind) {
    TieredCache<Long, String> cache = kind.open(cluster);
    origin.failWith(new IOException("down"));
    for (long millis : new long[] {100, 200, 400, 800, 1600, 3200, 5000, 5000}) {
      assertThat(failureOf(cache).retryAfter()).contains(Duration.ofMillis(millis));
      cluster.advance(Duration.ofMillis(millis));
    }
    assertThat(origin.loads()).isEqualTo(8);

    origin.recover();
    cache.get(1L, origin);
    cache.invalidate(1L);
    origin.failWith(new IOException("down again"));

    assertThat(failureOf(cache).retryAfter()).contains(BASE);
  }

  @Test
  void afterALongRestTheTimeBeginsAnew() {
    TieredCache<Long, String> cache = cluster.alone().build();
    origin.failWith(new IOException("down"));
    failureOf(cache);
    cluster.advance(BASE);
    failureOf(cache);

    cluster.advance(Duration.ofMinutes(2));

    assertThat(failureOf(cache).retryAfter()).contains(BASE);
  }

  @Test
  void jitterIsFull() {
    TieredCache<Long, String> cache = cluster.alone().build();
    origin.failWith(new IOException("down"));
    cluster.random.draw(0.75);

    assertThat(failureOf(cache).retryAfter()).contains(Duration.ofMillis(25));
  }

  @ParameterizedTest
  @EnumSource
  void aFailureThatSaysWhenToComeBackIsTakenAtItsWord(Tiers tiers) {
    TieredCache<Long, String> cache =
        tiers == Tiers.ONE ? cluster.alone().build() : cluster.node().build();
    cluster.random.draw(0.5);
    origin.failWith(new Busy(Duration.ofSeconds(60)));

    LoadFailedException failure = failureOf(cache);

    // And a little more, as many were told the same.
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(63));
    cluster.advance(Duration.ofSeconds(62));
    origin.recover();
    failureOf(cache);
    assertThat(origin.loads()).isOne();
    cluster.advance(Duration.ofSeconds(1));
    assertThat(cache.get(1L, origin)).isEqualTo("a");
  }

  @ParameterizedTest
  @EnumSource
  void anInvalidationEndsTheTimeAtOnce(Lonely kind) {
    TieredCache<Long, String> cache = kind.open(cluster);
    origin.failWith(new IOException("down"));
    failureOf(cache);
    origin.recover();

    cache.invalidate(1L);

    assertThat(cache.get(1L, origin)).isEqualTo("a");
  }

  @Test
  void invalidatingAllEndsTheTimeOfAll() {
    TieredCache<Long, String> cache = cluster.alone().build();
    origin.failWith(new IOException("down"));
    failureOf(cache);
    origin.recover();

    cache.invalidateAll();

    assertThat(cache.get(1L, origin)).isEqualTo("a");
  }

  @Test
  void ofSeveralKeysTheOthersAreLoaded() {
    TieredCache<Long, String> cache = cluster.alone().build();
    origin.failWith(new IOException("down"));
    failureOf(cache);
    origin.recover();

    assertThatThrownBy(() -> cache.getAll(List.of(1L, 2L), origin))
        .isInstanceOf(LoadFailedException.class);

    assertThat(cache.getIfPresent(2L)).hasValue("b");
    assertThat(origin.asked()).hasSize(2).last().isEqualTo(Set.of(2L));
  }

  @Test
  void aFailureOfSeveralKeysIsRememberedOfEach() {
    TieredCache<Long, String> cache = cluster.alone().build();
    origin.failWith(new IOException("down"));
    assertThatThrownBy(() -> cache.getAll(List.of(1L, 2L), origin))
        .isInstanceOf(LoadFailedException.class);

    failureOf(cache);
    assertThatThrownBy(() -> cache.get(2L, origin)).isInstanceOf(LoadFailedException.class);

    assertThat(origin.loads()).isOne();
  }

  @Test
  void anErrorIsRememberedToo() {
    TieredCache<Long, String> cache = cluster.alone().build();
    assertThatThrownBy(
            () ->
                cache.get(
                    1L,
                    key -> {
                      throw new NoClassDefFoundError("driver");
                    }))
        .isInstanceOf(NoClassDefFoundError.class);

    assertThat(failureOf(cache).failureType()).isEqualTo("java.lang.NoClassDefFoundError");
    assertThat(origin.loads()).isZero();
  }

  @Test
  void aStaleValueIsServedMeanwhileAndNoRefreshTries() {
    TieredCache<Long, String> cache = cluster.alone().build();
    cache.get(1L, origin);
    cluster.advance(TestCluster.FRESH);
    origin.failWith(new IOException("down"));

    assertThat(cache.get(1L, origin)).isEqualTo("a");
    assertThat(cache.get(1L, origin)).isEqualTo("a");

    assertThat(origin.loads()).isEqualTo(2);
  }

  @Test
  void aFailureThatCannotBeToldIsRememberedHere() {
    TieredCache<Long, String> cache = cluster.node().build();
    Loader<Long, String> cutOff =
        key -> {
          cluster.server.fail(true);
          throw new IOException("down");
        };
    assertThatThrownBy(() -> cache.get(1L, cutOff)).isInstanceOf(LoadFailedException.class);

    assertThat(failureOf(cache).retryAfter()).contains(BASE);

    assertThat(origin.loads()).isZero();
  }

  @Test
  void whatAnotherNodeWasToldIsNotRememberedHere() {
    // The remote tier remembers it for all, and forgets it for all.
    TieredCache<Long, String> here = cluster.node().build();
    TieredCache<Long, String> there =
        cluster.alone().remote(cluster.server.newNode(), StringCodec.utf8()).build();
    origin.failWith(new IOException("down"));
    failureOf(here);
    origin.recover();

    there.invalidate(1L);

    assertThat(here.get(1L, origin)).isEqualTo("a");
  }

  @ParameterizedTest
  @EnumSource
  void aChangeEndsTheTimeAtOnce(Lonely kind) throws Exception {
    TieredCache<Long, String> cache = kind.open(cluster);
    origin.failWith(new IOException("down"));
    failureOf(cache);
    origin.recover();

    cache.change(1L, () -> {});

    assertThat(cache.get(1L, origin)).isEqualTo("a");
  }

  @ParameterizedTest
  @EnumSource
  void aWriteWhoseValueIsNotKeptEndsTheTimeAtOnce(Lonely kind) throws Exception {
    TieredCache<Long, String> cache = kind.open(cluster);
    origin.failWith(new IOException("down"));
    failureOf(cache);
    origin.recover();

    cache.write(1L, "w", (key, value) -> cache.put(1L, "other"));
    assertThat(cache.get(1L, origin)).isEqualTo("a");
  }

  @ParameterizedTest
  @EnumSource
  void aFailureThatAsksForEverIsAFailureLikeAnyOther(Tiers tiers) {
    TieredCache<Long, String> cache =
        tiers == Tiers.ONE ? cluster.alone().build() : cluster.node().build();
    origin.failWith(new Busy(ChronoUnit.FOREVER.getDuration()));

    assertThat(failureOf(cache).retryAfter()).contains(Durations.LONGEST);
    assertThat(failureOf(cache).retryAfter()).contains(Durations.LONGEST);
    assertThat(origin.loads()).isOne();
  }

  @Test
  void aSuccessOfSeveralKeysBeginsTheTimeAnew() {
    TieredCache<Long, String> cache = cluster.node().build();
    origin.failWith(new IOException("down"));
    cluster.server.fail(true);
    failureOf(cache);
    cluster.server.fail(false);
    cluster.advance(BASE);
    origin.recover();

    cache.getAll(List.of(1L, 2L), origin);

    assertThat(origin.asked()).last().isEqualTo(Set.of(1L, 2L));
    cluster.server.fail(true);
    cache.invalidate(1L);
    origin.failWith(new IOException("down"));
    assertThat(failureOf(cache).retryAfter()).contains(BASE);
  }

  @Test
  void theTimeOfTheNextAttemptIsNeverInThePast() {
    AtomicLong now = new AtomicLong();
    TieredCache<Long, String> cache =
        cluster.alone().ticker(() -> now.addAndGet(1_000_000_000)).build();
    origin.failWith(new IOException("down"));

    assertThat(failureOf(cache).retryAfter()).contains(Duration.ZERO);
  }
}
