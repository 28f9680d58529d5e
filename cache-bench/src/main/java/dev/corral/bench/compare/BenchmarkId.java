package dev.corral.bench.compare;

import java.util.Map;

/**
 * What makes two results those of the same benchmark.
 *
 * @param benchmark the full name of class and method
 * @param mode as JMH abbreviates it: {@code thrpt}, {@code avgt}, {@code sample} or {@code ss}
 * @param params in the order of their names
 */
public record BenchmarkId(String benchmark, String mode, int threads, Map<String, String> params) {

  /** The class of the benchmark, without its package. */
  String type() {
    String full = typeInFull();
    return full.substring(full.lastIndexOf('.') + 1);
  }

  private String typeInFull() {
    return benchmark.substring(0, Math.max(0, benchmark.lastIndexOf('.')));
  }

  String method() {
    return benchmark.substring(benchmark.lastIndexOf('.') + 1);
  }

  Contender contender() {
    return new Contender(method());
  }

  /** The same in all that stand beside each other: a benchmark without its method. */
  BenchmarkId setting() {
    return new BenchmarkId(typeInFull(), mode, threads, params);
  }

  @Override
  public String toString() {
    String settings = params.isEmpty() ? "" : " " + params;
    return "%s%s, %s, %d %s"
        .formatted(benchmark, settings, mode, threads, threads == 1 ? "thread" : "threads");
  }
}
