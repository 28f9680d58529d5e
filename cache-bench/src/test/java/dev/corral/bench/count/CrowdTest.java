package dev.corral.bench.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CrowdTest {

  @Test
  void loadsOfOneKeyThatOverlapAreCountedOverAllNodes() {
    var loads =
        List.of(load(0, 1, 0, 10), load(1, 1, 5, 15), load(2, 1, 9, 20), load(0, 1, 16, 30));

    assertThat(Crowd.atOnce(loads)).isEqualTo(3);
  }

  @Test
  void loadsOfDifferentKeysDoNotCrowd() {
    assertThat(Crowd.atOnce(List.of(load(0, 1, 0, 10), load(0, 2, 0, 10)))).isEqualTo(1);
  }

  @Test
  void aLoadThatBeginsWhenAnotherEndsFollowsIt() {
    assertThat(Crowd.atOnce(List.of(load(0, 1, 0, 10), load(0, 1, 10, 20)))).isEqualTo(1);
  }

  @Test
  void nothingIsNoCrowd() {
    assertThat(Crowd.atOnce(List.of())).isZero();
    assertThat(Crowd.within(100, List.of())).isZero();
  }

  @Test
  void theBusiestStretchMayBeginAnywhere() {
    var loads =
        List.of(load(0, 1, 0, 1), load(0, 1, 90, 91), load(0, 1, 120, 121), load(0, 1, 189, 199));

    assertThat(Crowd.within(100, loads)).isEqualTo(3);
  }

  private static LoadEvent load(int node, int key, long begin, long end) {
    return new LoadEvent(node, 1, key, begin, end, true);
  }
}
