package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.stats.Stat;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The moment in which a flight fills the local tier and ends. */
class LandingTest {

  private static final int ROUNDS = 20_000;
  private static final int READERS = 3;

  private final Cluster cluster = new Cluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void aReaderWhoComesBetweenTheLookAndTheFlightFindsWhatLanded() {
    // The reader looks at the local tier (nothing), then another caller's flight lands, then the
    // reader's own flight begins.
    AtomicReference<Runnable> onceBetween = new AtomicReference<>();
    Ticker ticker =
        () -> {
          Runnable now = onceBetween.getAndSet(null);
          if (now != null) {
            now.run();
          }
          return cluster.ticker.read();
        };
    TieredCache<Long, String> cache = cluster.open(cluster.alone().ticker(ticker));
    // The ticker is read for the first time after the look, when the miss is written down.
    onceBetween.set(() -> assertThat(cache.get(1L, key -> "first")).isEqualTo("first"));

    assertThat(cache.get(1L, key -> "second")).isEqualTo("first");
    assertThat(cache.stats().get(Stat.LOAD)).isEqualTo(1);
  }

  @Test
  void whoeverComesWhenAFlightLandsNeitherLoadsAgainNorFindsNothing() {
    TieredCache<Long, String> cache = cluster.open(cluster.alone().maximumSize(2 * ROUNDS));
    AtomicInteger loads = new AtomicInteger();
    AtomicLong wrong = new AtomicLong();
    CyclicBarrier start = new CyclicBarrier(READERS);
    List<Call<Boolean>> readers = new ArrayList<>();

    for (int reader = 0; reader < READERS; reader++) {
      readers.add(
          cluster.call(
              () -> {
                for (long round = 0; round < ROUNDS; round++) {
                  if (round % 100 == 0) {
                    start.await();
                  }
                  String value = cache.get(round, key -> key + "/" + loads.incrementAndGet());
                  if (value == null || !value.startsWith(round + "/")) {
                    wrong.incrementAndGet();
                  }
                }
                return true;
              }));
    }

    assertThat(readers).allSatisfy(reader -> assertThat(reader.value()).isTrue());
    assertThat(wrong).hasValue(0);
    assertThat(loads).hasValue(ROUNDS);
  }

  /** The ways in which a writer can say that what is held of key 1 is void. */
  enum Voiding {
    ONE_KEY(ROUNDS) {
      @Override
      void strike(TieredCache<Long, String> cache) {
        cache.invalidate(1L);
      }
    },
    /**
     * Lasts: there are other flights and other entries, which come before and after that of key 1.
     */
    ALL_KEYS(ROUNDS / 4) {
      @Override
      void strike(TieredCache<Long, String> cache) {
        for (long key = 100; key < 200; key++) {
          cache.get(key, k -> "another");
        }
        cache.invalidateAll();
      }
    },
    A_TAG(ROUNDS) {
      @Override
      void strike(TieredCache<Long, String> cache) {
        cache.invalidateTag("tag");
      }
    };

    private final int rounds;

    Voiding(int rounds) {
      this.rounds = rounds;
    }

    abstract void strike(TieredCache<Long, String> cache);
  }

  @ParameterizedTest
  @EnumSource
  void noReadAfterAnInvalidationSeesALoadFromBeforeIt(Voiding voiding) {
    // The origin is a counter that the one writer moves; readers load it whenever they miss.
    TieredCache<Long, String> cache = cluster.open(cluster.alone());
    AtomicLong origin = new AtomicLong();
    AtomicLong floor = new AtomicLong();
    AtomicLong violations = new AtomicLong();
    List<Call<Boolean>> readers = new ArrayList<>();
    AtomicBoolean running = new AtomicBoolean(true);
    ContextLoader<Long, String> loader =
        (key, context) -> {
          context.tags("tag");
          return Long.toString(origin.get());
        };

    for (int reader = 0; reader < READERS; reader++) {
      readers.add(
          cluster.call(
              () -> {
                while (running.get()) {
                  long atLeast = floor.get();
                  String seen = cache.get(1L, loader);
                  if (seen == null || Long.parseLong(seen) < atLeast) {
                    violations.incrementAndGet();
                  }
                }
                return true;
              }));
    }
    for (int round = 0; round < voiding.rounds; round++) {
      long written = origin.incrementAndGet();
      voiding.strike(cache);
      floor.set(written);
    }
    running.set(false);

    assertThat(readers).allSatisfy(reader -> assertThat(reader.value()).isTrue());
    assertThat(violations).hasValue(0);
  }
}
