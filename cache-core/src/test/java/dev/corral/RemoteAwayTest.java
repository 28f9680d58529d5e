package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.codec.BytesCodec;
import dev.corral.remote.RemoteStep;
import dev.corral.remote.RemoteStoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps of the remote tier fail, without effect or with their answers lost. */
class RemoteAwayTest {

  private static final Duration FRESH = Duration.ofMinutes(1);

  /** A step that fails whenever it is taken. */
  private record Fault(RemoteStep step, boolean takesEffect) {

    static List<Fault> all() {
      return Stream.of(RemoteStep.values())
          .flatMap(step -> Stream.of(new Fault(step, false), new Fault(step, true)))
          .toList();
    }

    void strike(Cluster cluster) {
      Runnable failure =
          () -> {
            strike(cluster);
            throw new RemoteStoreException("The test lets this fail: " + this);
          };
      if (takesEffect) {
        cluster.server.after(step, failure);
      } else {
        cluster.server.before(step, failure);
      }
    }
  }

  /** What the node under test finds in the remote tier. */
  enum Found {
    NOTHING {
      @Override
      void prepare(Cluster cluster) {}
    },
    A_VALUE {
      @Override
      void prepare(Cluster cluster) {
        load(cluster);
      }
    },
    A_STALE_VALUE {
      @Override
      void prepare(Cluster cluster) {
        load(cluster);
        cluster.advance(FRESH);
      }
    },
    WHAT_IT_CANNOT_READ {
      @Override
      void prepare(Cluster cluster) {
        try (TieredCache<Long, byte[]> foreign =
            TieredCache.<Long, byte[]>builder("test")
                .freshFor(FRESH)
                .remote(cluster.server.newNode(), BytesCodec.asIs())
                .build()) {
          foreign.get(1L, key -> new byte[] {1});
        }
      }
    };

    abstract void prepare(Cluster cluster);

    static void load(Cluster cluster) {
      assertThat(cluster.open(options(cluster)).get(1L, key -> "there")).isEqualTo("there");
    }
  }

  private record Case(Found found, Fault fault) {}

  private final Cluster cluster = new Cluster();
  private final AtomicInteger loads = new AtomicInteger();
  private final Loader<Long, String> loader =
      key -> {
        loads.incrementAndGet();
        return "loaded";
      };

  @AfterEach
  void close() {
    cluster.close();
  }

  static CacheBuilder<Long, String> options(Cluster cluster) {
    return cluster.shared().freshFor(FRESH).staleFor(FRESH).executor(Runnable::run);
  }

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Found found : Found.values()) {
      Fault.all().forEach(fault -> cases.add(new Case(found, fault)));
    }
    return cases;
  }

  static List<Fault> faults() {
    return Fault.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aGetWhoseLoaderWorksNeverFailsAndLoadsOnceAtMost(Case what) {
    what.found().prepare(cluster);
    TieredCache<Long, String> cache = cluster.open(options(cluster));
    what.fault().strike(cluster);

    String value = cache.get(1L, loader);

    if ("loaded".equals(value)) {
      assertThat(loads).hasValue(1);
    } else {
      assertThat(value).isEqualTo("there");
      // A stale one was refreshed behind the caller's back, on its own thread here.
      assertThat(loads.get()).isLessThanOrEqualTo(what.found() == Found.A_STALE_VALUE ? 1 : 0);
    }
    String next = cache.get(1L, loader);
    assertThat(next).isIn("there", "loaded");
    assertThat(loads.get()).as("what was loaded is kept").isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aGetThatWantsItNewLoadsOnceExactly(Case what) {
    what.found().prepare(cluster);
    cluster.tick();
    TieredCache<Long, String> cache = cluster.open(options(cluster));
    what.fault().strike(cluster);

    assertThat(cache.get(1L, Duration.ZERO, loader)).isEqualTo("loaded");

    assertThat(loads).hasValue(1);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aValueThatIsNotToBeKeptIsReturnedAllTheSame(Case what) {
    what.found().prepare(cluster);
    cluster.tick();
    TieredCache<Long, String> cache = cluster.open(options(cluster));
    what.fault().strike(cluster);

    String value =
        cache.get(
            1L,
            Duration.ZERO,
            (key, context) -> {
              context.freshness(Freshness.uncached());
              return loader.load(key);
            });

    assertThat(value).isEqualTo("loaded");
    assertThat(loads).hasValue(1);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aFailureOfTheLoaderIsToldAsSuch(Case what) {
    what.found().prepare(cluster);
    cluster.tick();
    TieredCache<Long, String> cache = cluster.open(options(cluster));
    what.fault().strike(cluster);
    IllegalStateException cause = new IllegalStateException("origin away");

    assertThatThrownBy(
            () ->
                cache.get(
                    1L,
                    Duration.ZERO,
                    key -> {
                      loads.incrementAndGet();
                      throw cause;
                    }))
        .isInstanceOf(LoadFailedException.class)
        .cause()
        .isSameAs(cause);

    assertThat(loads).hasValue(1);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aConfirmedValueIsReturnedAllTheSame(Case what) {
    what.found().prepare(cluster);
    cluster.tick();
    TieredCache<Long, String> cache = cluster.open(options(cluster));
    what.fault().strike(cluster);

    String value =
        cache.get(
            1L,
            Duration.ZERO,
            (key, context) -> {
              loads.incrementAndGet();
              return context.previous().isPresent() ? context.notModified() : "loaded";
            });

    assertThat(value).isIn("there", "loaded");
    assertThat(loads).hasValue(1);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aGetWaitsForAnotherNodeOrLoadsItselfOnce(Fault fault) throws Exception {
    TieredCache<Long, String> here = cluster.open(options(cluster));
    TieredCache<Long, String> there = cluster.open(options(cluster));
    HeldLoader other = HeldLoader.returning("there");
    Call<String> leader = cluster.call(() -> there.get(1L, other));
    other.awaitCalled();
    fault.strike(cluster);

    Call<String> call = cluster.call(() -> here.get(1L, loader));
    cluster.awaitSteps(RemoteStep.LOOK_UP, 2);
    other.letGo();
    assertThat(leader.value()).isEqualTo("there");
    // What the other node could not end, it holds no longer than this.
    cluster.server.advance(Duration.ofSeconds(3));

    assertThat(call.value()).isEqualTo(loads.get() == 1 ? "loaded" : "there");
    assertThat(loads.get()).isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aBulkGetWhoseLoaderWorksNeverFailsAndLoadsEachKeyOnceAtMost(Case what) {
    what.found().prepare(cluster);
    TieredCache<Long, String> cache = cluster.open(options(cluster));
    what.fault().strike(cluster);
    List<Long> asked = new ArrayList<>();

    Map<Long, String> values =
        cache.getAll(
            List.of(1L, 2L, 3L),
            keys -> {
              asked.addAll(keys);
              return Map.of(1L, "loaded", 2L, "loaded", 3L, "loaded");
            });

    assertThat(values).containsOnlyKeys(1L, 2L, 3L);
    assertThat(asked).contains(2L, 3L).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aRefreshThatAnotherNodeHasMadeLoadsNothingButWhereItCannotLook(Fault fault) {
    HandExecutor executor = new HandExecutor();
    TieredCache<Long, String> here = cluster.open(options(cluster).executor(executor));
    TieredCache<Long, String> there = cluster.open(options(cluster));
    here.get(1L, key -> "old");
    there.get(1L, key -> "never");
    cluster.advance(FRESH);
    there.get(1L, key -> "new");
    cluster.tick();
    assertThat(here.get(1L, loader)).isEqualTo("old");
    fault.strike(cluster);

    executor.runAll();

    boolean blind = fault.step() == RemoteStep.LOOK_UP_TO_REFRESH;
    assertThat(loads).hasValue(blind ? 1 : 0);
    assertThat(here.get(1L, key -> "never")).isEqualTo(blind ? "loaded" : "new");
  }

  @Test
  void aStoreThatGrantsNothingCostsABulkGetOneLoadAllTheSame() {
    TieredCache<Long, String> cache = cluster.open(options(cluster));
    cluster.server.refuseLeases(true);

    Map<Long, String> values =
        cache.getAll(
            List.of(1L, 2L, 3L),
            keys -> {
              loads.incrementAndGet();
              return Map.of(1L, "a", 2L, "b", 3L, "c");
            });

    assertThat(values).hasSize(3);
    assertThat(loads).hasValue(1);
    assertThat(cluster.server.countOfAll()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void aWriteThatDoesNotArriveSaysSoAndCountsHereAllTheSame(Write write) {
    TieredCache<Long, String> cache =
        cluster.open(options(cluster).onUndelivered(Undelivered.THROW));
    for (boolean takesEffect : new boolean[] {false, true}) {
      assertThat(cache.get(1L, key -> "old")).isIn("old", "new");
      new Fault(write.step(), takesEffect).strike(cluster);

      assertThatThrownBy(() -> write.strike(cache))
          .isInstanceOf(UndeliveredException.class)
          .hasCauseInstanceOf(RemoteStoreException.class);

      assertThat(cache.getIfPresent(1L)).isEmpty();
    }
  }

  @Test
  void theListenerIsToldOnceThatTheRemoteTierIsDownAndOnceThatItIsUp() {
    List<String> told = new ArrayList<>();
    TieredCache<Long, String> cache =
        cluster.open(
            options(cluster)
                .listener(
                    new CacheListener<>() {
                      @Override
                      public void remoteDown(Throwable failure) {
                        told.add("down");
                      }

                      @Override
                      public void remoteUp() {
                        told.add("up");
                      }
                    }));

    cache.get(1L, loader);
    cluster.server.fail(true);
    for (long key = 10; key < 20; key++) {
      cache.get(key, loader);
    }
    cache.invalidate(1L);
    assertThat(told).containsExactly("down");
    cluster.server.fail(false);
    for (long key = 20; key < 30; key++) {
      cache.get(key, loader);
    }

    assertThat(told).containsExactly("down", "up");
  }
}
