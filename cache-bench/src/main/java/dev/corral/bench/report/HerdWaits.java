package dev.corral.bench.report;

import org.HdrHistogram.Histogram;

/**
 * How long waiters waited, in microseconds, and in units of what the load took.
 *
 * @param count how many there were; all else is 0 if there was none
 */
public record HerdWaits(
    long count,
    long p50Micros,
    long p99Micros,
    long p999Micros,
    long maxMicros,
    double p50Ratio,
    double p99Ratio,
    double p999Ratio,
    double maxRatio) {

  /**
   * Sums up waits.
   *
   * @param nanos the waits
   * @param loadNanos what the load took
   */
  public static HerdWaits of(Histogram nanos, long loadNanos) {
    long p50 = nanos.getValueAtPercentile(50);
    long p99 = nanos.getValueAtPercentile(99);
    long p999 = nanos.getValueAtPercentile(99.9);
    long max = nanos.getMaxValue();
    double load = loadNanos;
    return new HerdWaits(
        nanos.getTotalCount(),
        p50 / 1000,
        p99 / 1000,
        p999 / 1000,
        max / 1000,
        p50 / load,
        p99 / load,
        p999 / load,
        max / load);
  }
}
