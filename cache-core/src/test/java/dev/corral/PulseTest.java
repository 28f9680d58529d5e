package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PulseTest {

  private static final String THREAD = "pulse of a test";

  private final Pulse pulse = new Pulse(THREAD);

  @Test
  void isNeverAhead() {
    pulse.acquire();
    try {
      for (int i = 0; i < 1_000_000; i++) {
        long read = pulse.read();
        assertThat(System.nanoTime() - read).isGreaterThanOrEqualTo(0);
      }
    } finally {
      pulse.release();
    }
  }

  @Test
  void goesOnWhileItIsAskedFor() {
    pulse.acquire();
    try {
      long before = pulse.read();
      // More than a time after which it would sleep if it did not notice that it is asked.
      await()
          .atMost(Call.PATIENCE)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .until(() -> pulse.read() - before > Duration.ofSeconds(3).toNanos());
    } finally {
      pulse.release();
    }
  }

  @Test
  void sleepsWhenNobodyAsksAndWakesWithTheRightTime() {
    pulse.acquire();
    try {
      for (int times = 0; times < 2; times++) {
        await().atMost(Call.PATIENCE).until(() -> state() == Thread.State.WAITING);
        long before = System.nanoTime();

        assertThat(pulse.read() - before).isGreaterThanOrEqualTo(0);

        long first = pulse.read();
        await().atMost(Call.PATIENCE).until(() -> pulse.read() != first);
      }
    } finally {
      pulse.release();
    }
  }

  @Test
  void endsWithTheLastCacheThatUsesIt() {
    pulse.acquire();
    pulse.acquire();
    pulse.release();
    assertThat(threads()).hasSize(1);
    pulse.release();
    await().atMost(Call.PATIENCE).until(() -> threads().isEmpty());
  }

  @Test
  void endsThoughItSleeps() {
    pulse.acquire();
    await().atMost(Call.PATIENCE).until(() -> state() == Thread.State.WAITING);

    pulse.release();

    await().atMost(Call.PATIENCE).until(() -> threads().isEmpty());
  }

  // Not one that is ten times the slack later, wherever the pulse stands.
  @Test
  void aCacheOfTheSystemsTimeServesNothingThatHasExpired() {
    AtomicInteger loads = new AtomicInteger();
    Duration life = Duration.ofNanos(Pulse.SLACK_NANOS).multipliedBy(4);
    try (TieredCache<Long, Integer> cache =
        TieredCache.<Long, Integer>builder("brief").freshFor(life).jitter(0).build()) {
      for (int round = 1; round <= 3; round++) {
        assertThat(cache.get(1L, key -> loads.incrementAndGet())).isEqualTo(round);
        long end = System.nanoTime() + life.toNanos() + 10 * Pulse.SLACK_NANOS;
        await().atMost(Call.PATIENCE).until(() -> System.nanoTime() - end > 0);
      }
    }
  }

  // With less than the slack left to live, each hit is decided by the exact time.
  @Test
  void whatLivesForLessThanTheSlackIsServedUpToItsEndAndNotAfter() {
    AtomicInteger loads = new AtomicInteger();
    long life = Pulse.SLACK_NANOS / 2;
    try (TieredCache<Long, Integer> cache =
        TieredCache.<Long, Integer>builder("brief")
            .freshFor(Duration.ofNanos(life))
            .jitter(0)
            .build()) {
      for (int round = 1; round <= 20; round++) {
        assertThat(cache.get(1L, key -> loads.incrementAndGet())).isEqualTo(round);
        long ended = System.nanoTime();
        while (System.nanoTime() - ended <= life) {
          Thread.onSpinWait();
        }
      }
    }
  }

  @Test
  void aTickerOfTheUsersOwnIsReadAtEachHit() {
    AtomicInteger reads = new AtomicInteger();
    try (TieredCache<Long, String> cache =
        TieredCache.<Long, String>builder("own")
            .freshFor(Duration.ofMinutes(1))
            .ticker(reads::incrementAndGet)
            .build()) {
      cache.get(1L, key -> "a");
      int before = reads.get();

      cache.get(1L, key -> "never");

      assertThat(reads).hasValue(before + 1);
    }
  }

  private static Thread.State state() {
    return threads().get(0).getState();
  }

  private static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(THREAD) && thread.isAlive())
        .toList();
  }
}
