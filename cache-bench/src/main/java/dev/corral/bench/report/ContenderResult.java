package dev.corral.bench.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a contender did in the window; docs/benchmarks/how-counted.md says how each is counted.
 *
 * @param exceptions how often gets failed, by class
 * @param coldKeys keys that got their first value in the window
 * @param lapsesByLoads how many lapses there were of each number of loads
 * @param loadsByType loads by the type of object, if keys have types
 * @param failedLoads loads that threw
 * @param maxLoadsPerExpiryAndNode the most loads of one process for one lapse of its own
 * @param retries loads that were tried again: loader calls that were not the first of their load
 * @param amplification loader calls for each load that was begun
 * @param maxConcurrentLoads the most loads that ran at the same time, of all keys
 * @param staleness what was read while rows changed; in JSON its fields stand beside the others.
 *     Absent if rows are at rest
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
    long failedLoads,
    long maxLoadsPerExpiryAndNode,
    long maxConcurrentLoads,
    long retries,
    double amplification,
    List<Percentile> percentiles,
    List<Second> perSecond,
    List<PhaseResult> phases,
    @JsonUnwrapped @Nullable Staleness staleness) {

  /** Takes what was not noted for absent. */
  public ContenderResult {
    staleness = Staleness.NOTHING.equals(staleness) ? null : staleness;
  }

  /** A latency that this part of the gets did not exceed. */
  public record Percentile(double percent, long micros) {}

  /**
   * One second of the window: the loads that began in it, and the gets that were due in it.
   *
   * @param oldestStaleMillis the greatest age of a value that was served after its lifetime
   */
  public record Second(
      long loads,
      long p50Micros,
      long p99Micros,
      long maxMicros,
      long gets,
      long errors,
      long notServed,
      long staleServed,
      long oldestStaleMillis,
      long failedLoads,
      long hiccupMicros,
      long retries) {}

  /** Whether this is Corral, in any of its forms. */
  @JsonIgnore
  public boolean isCorral() {
    return name.startsWith("corral");
  }
}
