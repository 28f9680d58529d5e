package dev.corral.bench;

import dev.corral.bench.node.Key;
import dev.corral.bench.shop.Row;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;

/** The keys of a scenario whose rows are keys, and how often each is asked for. */
record Keyring(List<Key> keys) {
  private static final long SEED = 2;

  static Keyring of(List<Row> rows, Duration ttl) {
    return new Keyring(
        rows.stream()
            .map(row -> new Key(row.key(), row.key(), row.checksum(), ttl.toMillis(), 0))
            .toList());
  }

  /** Any key, each as likely as the others. */
  IntUnaryOperator evenly() {
    var random = new Random(SEED);
    return get -> random.nextInt(keys.size());
  }

  /** Every second one for one of the first keys, which are hot; the others for any other key. */
  IntUnaryOperator halfOfThemFor(int hot, long seed) {
    var random = new Random(seed);
    return get ->
        random.nextBoolean() ? random.nextInt(hot) : hot + random.nextInt(keys.size() - hot);
  }

  /** All keys in an order of chance, and over again. */
  IntUnaryOperator allInTurn() {
    int[] order = shuffled();
    return get -> order[get % order.length];
  }

  /** By Zipf's law: the n-th key is asked for 1/n as often as the first. */
  IntUnaryOperator byZipf() {
    double[] upTo = new double[keys.size()];
    double sum = 0;
    for (int i = 0; i < upTo.length; i++) {
      sum += 1.0 / (i + 1);
      upTo[i] = sum;
    }
    double total = sum;
    var random = new Random(SEED);
    return get -> {
      int found = java.util.Arrays.binarySearch(upTo, random.nextDouble() * total);
      return found < 0 ? -found - 1 : found;
    };
  }

  private int[] shuffled() {
    int[] order = java.util.stream.IntStream.range(0, keys.size()).toArray();
    var random = new Random(SEED);
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[other];
      order[other] = kept;
    }
    return order;
  }
}
