package dev.corral.bench.compare;

import java.util.Collections;
import java.util.List;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.openjdk.jmh.util.Statistics;

/**
 * One value for each fork of a benchmark. A fork is what can be repeated: what its compiler did and
 * where its threads ran is common to all of its iterations, which are no sample of their own.
 *
 * @param values in the order of the forks; at least one
 */
public record Forks(List<Double> values) {
  /** With fewer, their spread is as good as unknown. */
  static final int ENOUGH = 3;

  /** The median of each fork's iterations. */
  static Forks ofMedians(List<List<Double>> iterations) {
    return new Forks(iterations.stream().map(Forks::medianOf).toList());
  }

  /** The least of each fork's iterations. */
  static Forks ofLeast(List<List<Double>> iterations) {
    return new Forks(iterations.stream().map(Collections::min).toList());
  }

  /** A percentile of each fork's samples, from 0 to 100. */
  static Forks ofPercentile(List<? extends Statistics> samples, double percentile) {
    return new Forks(samples.stream().map(some -> some.getPercentile(percentile)).toList());
  }

  boolean areEnough() {
    return values.size() >= ENOUGH;
  }

  boolean arePositive() {
    return least() > 0;
  }

  double median() {
    return medianOf(values);
  }

  double least() {
    return Collections.min(values);
  }

  double greatest() {
    return Collections.max(values);
  }

  private static double medianOf(List<Double> values) {
    return new Median().evaluate(values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
