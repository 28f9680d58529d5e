package dev.corral;

import static dev.corral.TestCluster.FRESH;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GetIfPresentTest {

  private final TestCluster cluster = new TestCluster();
  private final TestOrigin origin = cluster.origin.set(1, "a");

  @Test
  void whatOnlyTheRemoteTierHoldsIsNotPresent() {
    cluster.node().build().get(1L, origin);
    var other = cluster.node().build();
    cluster.server.resetCounts();

    assertThat(other.getIfPresent(1L)).isEmpty();

    assertThat(cluster.server.countOfAll()).isZero();
    assertThat(origin.loads()).isOne();
  }

  @Test
  void aStaleValueIsPresentAndNotRefreshed() {
    var cache = cluster.node().build();
    cache.get(1L, origin);
    cluster.advance(FRESH);

    assertThat(cache.getIfPresent(1L)).contains("a");

    assertThat(origin.loads()).isOne();
  }

  @Test
  void lookingIsNotCounted() {
    var cache = cluster.alone().build();
    cache.put(1L, "a");
    var before = TestCluster.counts(cache);

    cache.getIfPresent(1L);
    cache.getIfPresent(2L);

    assertThat(TestCluster.counts(cache)).isEqualTo(before);
  }
}
