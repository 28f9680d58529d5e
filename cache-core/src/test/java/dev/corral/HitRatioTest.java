package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * What the local tier keeps, against Caffeine that is told of every use. Some of Caffeine's choices
 * are random, so that ratios differ by a fifth of a point from run to run, and those of a loop by
 * more.
 */
class HitRatioTest {

  private static final int SIZE = 4_096;
  private static final int LENGTH = 600_000;

  @Test
  void keysOfUnequalPopularity() {
    compare(new Popularity(200_000, 1).draw(LENGTH), 1.5);
  }

  @Test
  void popularityThatWanders() {
    var popularity = new Popularity(200_000, 1);
    compare(
        LongStream.range(0, LENGTH).map(i -> popularity.next() + i / 50_000 * 5_000).toArray(),
        1.5);
  }

  @Test
  void popularKeysBetweenScans() {
    var popularity = new Popularity(20_000, 1);
    compare(
        LongStream.range(0, LENGTH)
            .map(i -> i % 40_000 < 25_000 ? popularity.next() : 1_000_000 + i)
            .toArray(),
        1.5);
  }

  @Test
  void aLoopThatDoesNotFit() {
    compare(LongStream.range(0, LENGTH).map(i -> i % (SIZE + SIZE / 2)).toArray(), 5);
  }

  private static void compare(long[] keys, double points) {
    var ratios = new HitRatios(keys, SIZE);
    double told = ratios.ofCaffeine();

    assertThat(told).as("hits in a hundred, told of every use").isPositive();
    assertThat(ratios.ofLocalTier()).as("hits in a hundred").isGreaterThan(told - points);
  }
}
