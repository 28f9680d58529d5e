package dev.corral.bench.verdict;

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

  private static Expectation noMoreLoads(ContenderResult result) {
    double before = result.phases().get(0).loadsPerSecond();
    double during =
        result.phases().stream()
            .filter(phase -> phase.phase().fault())
            .mapToDouble(PhaseResult::loadsPerSecond)
            .max()
            .orElse(0);
    return new Expectation(
        "%s: no restart costs the database more than %.0f %% of the loads from before."
            .formatted(result.name(), HARDLY * 100),
        "%.1f loads a second before, at most %.1f while a node is restarted"
            .formatted(before, during),
        during <= before * HARDLY);
  }
}
