package dev.corral.bench.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.corral.bench.count.Phase;
import java.util.Map;

/**
 * What a contender did in one phase: the gets that were due in it, and the loads and lapses that
 * began in it.
 *
 * @param hiccupMicros the longest time for which a process was kept from running; no get is to
 *     blame for that
 * @param amplification loader calls for each load that was begun
 * @param longestLoadMicros the longest time that a load took
 */
public record PhaseResult(
    Phase phase,
    long gets,
    long notServed,
    long errors,
    Map<String, Long> exceptions,
    long p50Micros,
    long p99Micros,
    long maxMicros,
    long hiccupMicros,
    long staleServed,
    long oldestServedMillis,
    long loads,
    long failedLoads,
    long retries,
    double amplification,
    long longestLoadMicros,
    long maxConcurrentLoads,
    long maxConcurrentLoadsPerKey,
    long maxLoadsPerExpiry,
    long maxLoadsPerExpiryAndNode) {

  /** Loads that began in an average second. */
  @JsonProperty
  public double loadsPerSecond() {
    return (double) loads / (phase.toSecond() - phase.fromSecond());
  }
}
