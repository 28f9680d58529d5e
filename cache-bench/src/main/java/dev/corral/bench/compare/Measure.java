package dev.corral.bench.compare;

/** What is measured of a benchmark. */
public enum Measure {
  TIME("time"),
  THROUGHPUT("throughput"),
  /** Percentiles of the single calls that JMH's mode {@code sample} has timed. */
  P50("p50", 50),
  P99("p99", 99),
  P999("p99.9", 99.9),
  /** Bytes for each call, counted by JMH's {@code gc} profiler. */
  ALLOCATED("allocated");

  private final String words;
  private final double percentile;

  Measure(String words) {
    this(words, Double.NaN);
  }

  Measure(String words, double percentile) {
    this.words = words;
    this.percentile = percentile;
  }

  /** Whether a greater value is a better one. */
  boolean higherIsBetter() {
    return this == THROUGHPUT;
  }

  /** Whether two runs are compared by it: p99 stands between two that are. */
  boolean isCompared() {
    return this != P99;
  }

  boolean isPercentile() {
    return !Double.isNaN(percentile);
  }

  double percentile() {
    return percentile;
  }

  @Override
  public String toString() {
    return words;
  }
}
