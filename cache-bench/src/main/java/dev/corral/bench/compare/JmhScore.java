package dev.corral.bench.compare;

import java.util.Map;

/**
 * What JMH measured of one benchmark with one set of parameters.
 *
 * @param benchmark the full name of class and method
 * @param mode as JMH abbreviates it: {@code thrpt}, {@code avgt}, {@code sample} or {@code ss}
 * @param params in the order of their names
 * @param error half the width of the confidence interval of 99.9 %; NaN if there are too few
 *     measurements to tell
 * @param unit of score and error
 * @param jdk the version of the JDK that ran it
 */
public record JmhScore(
    String benchmark,
    String mode,
    int threads,
    Map<String, String> params,
    double score,
    double error,
    String unit,
    String jdk) {
  private static final String THROUGHPUT = "thrpt";

  /** What makes two scores those of the same benchmark. */
  public record Id(String benchmark, String mode, int threads, Map<String, String> params) {
    @Override
    public String toString() {
      String settings = params.isEmpty() ? "" : " " + params;
      return "%s%s, %s, %d %s"
          .formatted(benchmark, settings, mode, threads, threads == 1 ? "thread" : "threads");
    }
  }

  Id id() {
    return new Id(benchmark, mode, threads, params);
  }

  /** Whether a higher score is a faster one; else it is a time. */
  boolean higherIsFaster() {
    return mode.equals(THROUGHPUT);
  }

  /** The class of the benchmark, without its package. */
  String type() {
    String full = benchmark.substring(0, Math.max(0, benchmark.lastIndexOf('.')));
    return full.substring(full.lastIndexOf('.') + 1);
  }

  String method() {
    return benchmark.substring(benchmark.lastIndexOf('.') + 1);
  }
}
