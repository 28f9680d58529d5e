package dev.corral.bench.jmh;

import java.util.Arrays;
import java.util.Random;

/** Keys by popularity: the n-th most popular is asked for in proportion to 1 / n^0.99. */
final class Zipf {
  private static final double EXPONENT = 0.99;

  private Zipf() {}

  /** A sequence of keys from 0 to {@code keys - 1}, the same for every contender. */
  static Long[] sequence(int length, int keys) {
    double[] upTo = new double[keys];
    double sum = 0;
    for (int i = 0; i < keys; i++) {
      sum += 1 / Math.pow(i + 1, EXPONENT);
      upTo[i] = sum;
    }
    var random = new Random(1);
    Long[] boxed = boxed(keys);
    Long[] sequence = new Long[length];
    for (int i = 0; i < length; i++) {
      int place = Arrays.binarySearch(upTo, random.nextDouble() * sum);
      sequence[i] = boxed[Math.min(keys - 1, place < 0 ? -place - 1 : place)];
    }
    return sequence;
  }

  /** One object a key, scattered in memory as the keys of a program are. */
  private static Long[] boxed(int keys) {
    Long[] boxed = new Long[keys];
    for (int i = 0; i < keys; i++) {
      boxed[i] = (long) i;
    }
    return boxed;
  }
}
