package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.stats.Stat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class MaximumSizeTest {

  private final TestCluster cluster = new TestCluster();

  @Test
  void theLocalTierMakesRoomAndCountsIt() {
    var cache = cluster.alone().maximumSize(10).build();

    for (long key = 0; key < 100; key++) {
      cache.put(key, "a");
    }

    // Caffeine makes room in the background.
    Awaitility.await().until(() -> cache.stats().get(Stat.EVICTION) == 90);
    assertThat(cache.estimatedSize()).isEqualTo(10);
  }

  @Test
  void whatHadToGoIsFoundInTheRemoteTier() {
    var cache = cluster.node().maximumSize(1).build();
    cache.get(1L, key -> "a");
    cache.get(2L, key -> "b");
    Awaitility.await().until(() -> cache.stats().get(Stat.EVICTION) == 1);

    assertThat(cache.get(1L, key -> "new")).isEqualTo("a");
    assertThat(cache.get(2L, key -> "new")).isEqualTo("b");
  }

  @Test
  void whatIsDroppedOrReplacedIsNotEvicted() {
    var cache = cluster.alone().maximumSize(10).build();

    cache.put(1L, "a");
    cache.put(1L, "b");
    cache.invalidate(1L);
    cache.invalidateAll();

    assertThat(cache.estimatedSize()).isZero();
    assertThat(cache.stats().get(Stat.EVICTION)).isZero();
  }
}
