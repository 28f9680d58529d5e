package dev.corral.bench.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Crowds that come again and again: in every period each key has its moment, at which many ask for
 * it at once.
 *
 * @param keys how many keys there are; their moments are spread evenly over the period
 * @param size how many ask for a key in a period, on all nodes together
 * @param nodes over which they are divided; the part of a node comes at one instant
 * @param spread within which the parts of the nodes come, each at an instant of chance
 */
public record Crowds(Duration period, int keys, int size, int nodes, Duration spread) {
  private static final long SEED = 3;

  private record Get(long dueAt, int key, int node) {}

  /** All gets that are due before a time is over. */
  public Schedule lasting(Duration time) {
    var random = new Random(SEED);
    List<Get> gets = new ArrayList<>();
    for (long begin = 0; begin < time.toNanos(); begin += period.toNanos()) {
      for (int key = 0; key < keys; key++) {
        addCrowd(begin + period.toNanos() * key / keys, key, random, gets);
      }
    }
    gets.removeIf(get -> get.dueAt() >= time.toNanos());
    gets.sort(Comparator.comparingLong(Get::dueAt));
    return Schedule.ofNodes(
        gets.stream().mapToLong(Get::dueAt).toArray(),
        gets.stream().mapToInt(Get::key).toArray(),
        gets.stream().mapToInt(Get::node).toArray());
  }

  private void addCrowd(long moment, int key, Random random, List<Get> gets) {
    for (int node = 0; node < nodes; node++) {
      long dueAt = moment + (long) (spread.toNanos() * random.nextDouble());
      int part = size / nodes + (node < size % nodes ? 1 : 0);
      for (int i = 0; i < part; i++) {
        gets.add(new Get(dueAt, key, node));
      }
    }
  }
}
