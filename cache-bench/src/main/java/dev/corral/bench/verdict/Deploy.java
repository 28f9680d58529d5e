package dev.corral.bench.verdict;

import dev.corral.bench.count.Phase;
import dev.corral.bench.report.ContenderResult;
import dev.corral.bench.report.Expectation;
import dev.corral.bench.report.PhaseResult;
import java.util.stream.Stream;

/** Expects that the database hardly notices that all nodes are restarted. */
public final class Deploy {
  private static final double HARDLY = 1.2;

  private Deploy() {}

  public static Judge judge() {
    return Judge.ofCorral(
        result ->
            Stream.of(
                Judge.noErrors(result),
                Judge.allServed(result),
                oneLoad(result),
                noMoreLoads(result)));
  }

  private static Expectation oneLoad(ContenderResult result) {
    return new Expectation(
        result.name() + ": a value that expires is loaded once, whoever is new.",
        "at most %d loads an expiry".formatted(result.maxLoadsPerExpiry()),
        result.maxLoadsPerExpiry() <= 1);
  }

  /** Seconds, since loads come in waves: what was loaded together expires together. */
  private static Expectation noMoreLoads(ContenderResult result) {
    long before = Seconds.of(result, result.phases().get(0).phase()).mostLoads();
    long during =
        result.phases().stream()
            .map(PhaseResult::phase)
            .filter(Phase::fault)
            .mapToLong(phase -> Seconds.of(result, phase).mostLoads())
            .max()
            .orElse(0);
    return new Expectation(
        "%s: no second of a restart costs the database more than %.0f %% of the loads of the busiest second before."
            .formatted(result.name(), HARDLY * 100),
        "%d loads in the busiest second before, %d in the busiest of a restart"
            .formatted(before, during),
        during <= before * HARDLY);
  }
}
