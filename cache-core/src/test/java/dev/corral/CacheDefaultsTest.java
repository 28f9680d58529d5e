package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.stats.Stat;
import java.time.Duration;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a cache does of which only the name and the fresh time are given. */
class CacheDefaultsTest {

  private final ManualTicker ticker = new ManualTicker();
  private final TestOrigin origin = new TestOrigin(ticker).set(1, "a");

  private TieredCache<Long, String> cache() {
    return TieredCache.<Long, String>builder("p")
        .freshFor(TestCluster.FRESH)
        .ticker(ticker)
        .build();
  }

  @Test
  void nothingIsServedAfterItWasFresh() {
    try (var cache = cache()) {
      cache.get(1L, origin);

      ticker.advance(TestCluster.FRESH);

      assertThat(cache.getIfPresent(1L)).isEmpty();
    }
  }

  @Test
  void atMostATenthOfTheFreshTimeIsCutOff() {
    try (var cache = cache()) {
      LongStream.range(0, 1_000).forEach(key -> cache.get(key, k -> "a"));

      // A hundredth of the rest is the local tier's.
      ticker.advance(TestCluster.FRESH.multipliedBy(89).dividedBy(100));
      LongStream.range(0, 1_000).forEach(key -> cache.get(key, k -> "b"));
      assertThat(cache.stats().get(Stat.LOCAL_HIT)).isEqualTo(1_000);

      ticker.advance(TestCluster.FRESH.dividedBy(20));
      LongStream.range(0, 1_000).forEach(key -> cache.get(key, k -> "b"));
      assertThat(cache.stats().get(Stat.LOCAL_HIT)).isBetween(1_001L, 1_999L);
    }
  }

  @Test
  void absenceIsNotRemembered() {
    try (var cache = cache()) {
      cache.get(2L, origin);
      cache.get(2L, origin);

      assertThat(origin.loads()).isEqualTo(2);
    }
  }

  @Test
  void nothingIsRefreshedWhileItIsFresh() {
    try (var cache = cache()) {
      cache.get(1L, origin.costs(Duration.ofMinutes(1)));

      ticker.advance(Duration.ofSeconds(8));
      cache.get(1L, origin);

      assertThat(cache.stats().get(Stat.REFRESH)).isZero();
    }
  }

  @Test
  void tenThousandEntriesAreHeld() {
    try (var cache = cache()) {
      LongStream.range(0, 11_000).forEach(key -> cache.put(key, "a"));

      Awaitility.await().until(() -> cache.stats().get(Stat.EVICTION) == 1_000);
      assertThat(cache.estimatedSize()).isEqualTo(10_000);
    }
  }
}
