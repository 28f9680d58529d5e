package dev.corral.bench.compare;

import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * One quantity in units of another: the medians of the forks divided, and within what the ratio
 * lies with a confidence of 99 %.
 *
 * <p>The sample is one value a fork, as A. Georges, D. Buytaert and L. Eeckhout, <i>Statistically
 * Rigorous Java Performance Evaluation</i> (OOPSLA 2007), have it: between forks lies what varies
 * (T. Kalibera and R. Jones, <i>Rigorous Benchmarking in Reasonable Time</i>, ISMM 2013), and
 * iterations of one fork are not independent. The interval is theirs for the difference of two
 * means: Student's t with B. L. Welch's degrees of freedom, as both sides spread differently. It is
 * taken of the logarithms, whose difference is the ratio, and which make a fork of twice the time
 * as far away as one of half.
 *
 * <p>99 % and not 95, as a file holds ten or twenty benchmarks: of twenty that are the same, one in
 * five files shows one apart.
 *
 * @param low 0 if nothing can be told
 * @param high infinite if nothing can be told
 */
public record Ratio(double value, double low, double high) {
  private static final double CONFIDENCE = 0.99;

  static Ratio of(Forks forks, Forks baseline) {
    return of(List.of(forks), List.of(baseline));
  }

  /** How a ratio to before compares with that of a control, which shows what the machine did. */
  static Ratio ofRatios(Forks now, Forks before, Forks controlNow, Forks controlBefore) {
    return of(List.of(now, controlBefore), List.of(before, controlNow));
  }

  private static Ratio of(List<Forks> above, List<Forks> below) {
    double value = medians(above) / medians(below);
    if (!Stream.of(above, below).flatMap(List::stream).allMatch(Ratio::canBeTold)) {
      return new Ratio(value, 0, Double.POSITIVE_INFINITY);
    }
    List<SummaryStatistics> over = above.stream().map(Ratio::logarithms).toList();
    List<SummaryStatistics> under = below.stream().map(Ratio::logarithms).toList();
    double centre = means(over) - means(under);
    double margin = margin(Stream.of(over, under).flatMap(List::stream).toList());
    return new Ratio(value, Math.exp(centre - margin), Math.exp(centre + margin));
  }

  private static boolean canBeTold(Forks forks) {
    return forks.areEnough() && forks.arePositive();
  }

  private static double medians(List<Forks> all) {
    return all.stream().mapToDouble(Forks::median).reduce(1, (a, b) -> a * b);
  }

  private static SummaryStatistics logarithms(Forks forks) {
    var logarithms = new SummaryStatistics();
    forks.values().forEach(value -> logarithms.addValue(Math.log(value)));
    return logarithms;
  }

  private static double means(List<SummaryStatistics> samples) {
    return samples.stream().mapToDouble(SummaryStatistics::getMean).sum();
  }

  /** Half the width of the interval of a sum or difference of the samples' means. */
  private static double margin(List<SummaryStatistics> samples) {
    double variance = 0;
    double uncertainty = 0;
    for (SummaryStatistics sample : samples) {
      double part = sample.getVariance() / sample.getN();
      variance += part;
      uncertainty += part * part / (sample.getN() - 1);
    }
    if (variance == 0) {
      return 0;
    }
    var student = new TDistribution(variance * variance / uncertainty);
    return student.inverseCumulativeProbability((1 + CONFIDENCE) / 2) * Math.sqrt(variance);
  }

  /** Whether the two may be the same. */
  boolean mayBeOne() {
    return low <= 1 && high >= 1;
  }
}
