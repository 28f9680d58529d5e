package dev.corral.bench.report;

import java.util.List;
import java.util.Map;

/**
 * What a contender did in the window; docs/benchmarks/how-counted.md says how each is counted.
 *
 * @param exceptions how often gets failed, by class
 * @param coldKeys keys that got their first value in the window
 * @param lapsesByLoads how many lapses there were of each number of loads
 * @param loadsByType loads by the type of object, if keys have types
 */
public record ContenderResult(
    String name,
    long gets,
    long loads,
    long expiries,
    long maxLoadsPerExpiry,
    long maxConcurrentLoadsPerKey,
    double originQps,
    long p50Micros,
    long p99Micros,
    long p999Micros,
    long maxMicros,
    long staleServed,
    long errors,
    long wrongValues,
    Map<String, Long> exceptions,
    long notServed,
    long oldestServedMillis,
    long coldKeys,
    Map<Integer, Long> lapsesByLoads,
    Map<Integer, Long> loadsByType,
    List<Percentile> percentiles,
    List<Second> perSecond) {

  /** A latency that this part of the gets did not exceed. */
  public record Percentile(double percent, long micros) {}

  /** One second of the window: the loads that began in it, and the gets that were due in it. */
  public record Second(long loads, long p50Micros, long p99Micros) {}
}
