package dev.corral.bench.compare;

import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.util.Statistics;

/**
 * One measure of one benchmark.
 *
 * @param jmh what JMH itself writes of it; absent for percentiles in the tail, and for bytes
 * @param thin whether a fork has fewer than ten samples beyond a percentile, so that few accidents
 *     make it
 */
public record Quantity(
    Measure measure, String unit, Forks forks, Optional<MeanAndError> jmh, boolean thin) {

  private static final int ENOUGH_BEYOND = 10;

  /** A percentile of single calls, with what JMH makes of all of them beside the median. */
  static Quantity ofSamples(
      Measure percentile, String unit, List<Statistics> samples, MeanAndError jmh) {
    double beyond = 1 - percentile.percentile() / 100;
    return new Quantity(
        percentile,
        unit,
        Forks.ofPercentile(samples, percentile.percentile()),
        Optional.of(jmh).filter(mean -> percentile == Measure.P50),
        samples.stream().anyMatch(fork -> Math.round(fork.getN() * beyond) < ENOUGH_BEYOND));
  }

  /** Threads other than the benchmark's only add to it: the least of a fork is the nearest. */
  static Quantity allocated(List<List<Double>> iterations) {
    return new Quantity(
        Measure.ALLOCATED, "B/op", Forks.ofLeast(iterations), Optional.empty(), false);
  }

  /** Why nothing can be told of it; absent if something can. */
  Optional<String> doubt() {
    if (measure == Measure.ALLOCATED) {
      return Optional.empty();
    }
    if (!forks.areEnough()) {
      return Optional.of("fewer than %d forks".formatted(Forks.ENOUGH));
    }
    if (thin) {
      return Optional.of("fewer than %d samples of a fork beyond it".formatted(ENOUGH_BEYOND));
    }
    return forks.arePositive() ? Optional.empty() : Optional.of("a fork measured 0");
  }
}
