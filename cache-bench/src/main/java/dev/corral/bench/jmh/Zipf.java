package dev.corral.bench.jmh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Keys by popularity: the n-th most popular is asked for in proportion to 1 / n^0.99. Which key has
 * which rank is random, as is the order in which the keys came to be, so that popular ones are not
 * neighbours in memory or in a hash table.
 */
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
    List<Long> byRank = shuffled(keys, random);
    Long[] sequence = new Long[length];
    for (int i = 0; i < length; i++) {
      int place = Arrays.binarySearch(upTo, random.nextDouble() * sum);
      sequence[i] = byRank.get(Math.min(keys - 1, place < 0 ? -place - 1 : place));
    }
    return sequence;
  }

  /** One object a key. */
  private static List<Long> shuffled(int keys, Random random) {
    List<Long> boxed = new ArrayList<>(keys);
    for (long i = 0; i < keys; i++) {
      boxed.add(i);
    }
    Collections.shuffle(boxed, random);
    return boxed;
  }
}
