package dev.corral;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;

/** Keys of which the n-th is asked for in proportion to 1 / n^0.99. */
final class Popularity {

  private final double[] upTo;
  private final Random random;

  Popularity(int keys, long seed) {
    upTo = new double[keys];
    random = new Random(seed);
    double sum = 0;
    for (int i = 0; i < keys; i++) {
      sum += Math.pow(i + 1, -0.99);
      upTo[i] = sum;
    }
  }

  long[] draw(int length) {
    return LongStream.range(0, length).map(i -> next()).toArray();
  }

  long next() {
    int place = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
    return Math.min(upTo.length - 1, place < 0 ? -place - 1 : place);
  }
}
