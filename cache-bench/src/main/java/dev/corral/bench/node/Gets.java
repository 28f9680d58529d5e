package dev.corral.bench.node;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What became of the gets that were due in a stretch of time, on all nodes.
 *
 * @param answered gets that were answered, with a value or an exception
 * @param notServed gets to which no thread had come when the node stopped
 * @param wrongValues values that are not what the database holds for their key
 * @param stale values older than their lifetime when they were asked for
 * @param oldestNanos the greatest age of a value when it was asked for
 * @param hiccupNanos the longest time for which a process was kept from running
 * @param retries loader calls in that time that were not the first of their load
 * @param exceptions how often a get failed, by the name of the exception's class
 * @param latencies in nanoseconds
 */
public record Gets(
    long answered,
    long notServed,
    long wrongValues,
    long stale,
    long oldestNanos,
    long hiccupNanos,
    long retries,
    Map<String, Long> exceptions,
    Histogram latencies) {
  private static final int SIGNIFICANT_DIGITS = 3;

  public static Gets none() {
    return new Gets(0, 0, 0, 0, 0, 0, 0, Map.of(), new Histogram(SIGNIFICANT_DIGITS));
  }

  public static Gets sum(List<Gets> all) {
    return all.stream().reduce(none(), Gets::plus);
  }

  public Gets plus(Gets other) {
    Map<String, Long> allExceptions = new TreeMap<>(exceptions);
    other.exceptions.forEach((name, count) -> allExceptions.merge(name, count, Long::sum));
    Histogram allLatencies = latencies.copy();
    allLatencies.add(other.latencies);
    return new Gets(
        answered + other.answered,
        notServed + other.notServed,
        wrongValues + other.wrongValues,
        stale + other.stale,
        Math.max(oldestNanos, other.oldestNanos),
        Math.max(hiccupNanos, other.hiccupNanos),
        retries + other.retries,
        allExceptions,
        allLatencies);
  }

  /** Gets that brought a wrong value, or none. */
  public long errors() {
    return wrongValues + exceptions.values().stream().mapToLong(Long::longValue).sum();
  }
}
