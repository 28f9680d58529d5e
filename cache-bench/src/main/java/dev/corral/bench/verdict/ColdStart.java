package dev.corral.bench.verdict;

import dev.corral.bench.contender.ContenderKind;
import dev.corral.bench.report.ContenderResult;
import dev.corral.bench.report.Expectation;
import java.util.stream.Stream;

/** Expects that empty tiers cost one load for each key, and the origin no more than it allows. */
public final class ColdStart {
  private final long permits;

  private ColdStart(long permits) {
    this.permits = permits;
  }

  /**
   * Creates a judge.
   *
   * @param permits how many loads the origins of all nodes together let run at a time
   */
  public static Judge judge(long permits) {
    return Judge.ofCorral(new ColdStart(permits)::expectations);
  }

  private Stream<Expectation> expectations(ContenderResult result) {
    Stream<Expectation> ofAll =
        Stream.of(Judge.noErrors(result), Judge.allServed(result), oneLoad(result));
    return result.name().equals(ContenderKind.CORRAL_ORIGIN.shownName())
        ? Stream.concat(ofAll, Stream.of(withinPermits(result)))
        : ofAll;
  }

  private static Expectation oneLoad(ContenderResult result) {
    return new Expectation(
        result.name() + ": each key is loaded once.",
        "%,d loads of %,d keys, at most %d of a key"
            .formatted(result.loads(), result.coldKeys(), result.maxLoadsPerExpiry()),
        result.loads() == result.coldKeys());
  }

  private Expectation withinPermits(ContenderResult result) {
    return new Expectation(
        "%s: at most %d loads run at a time.".formatted(result.name(), permits),
        "%d at a time".formatted(result.maxConcurrentLoads()),
        result.maxConcurrentLoads() <= permits);
  }
}
