package dev.corral.bench.node;

import java.util.List;
import java.util.Map;

/**
 * What one process measured in each second of the window, as it stands in its file; its load events
 * are in a file of their own.
 */
record NodeReport(List<Second> seconds) {

  static NodeReport of(List<Gets> seconds) {
    return new NodeReport(seconds.stream().map(Second::of).toList());
  }

  List<Gets> gets() {
    return seconds.stream().map(Second::gets).toList();
  }

  /**
   * The gets that were due in one second.
   *
   * @param latencies an HdrHistogram of nanoseconds, in Base64
   */
  record Second(
      long answered,
      long notServed,
      long wrongValues,
      long stale,
      long oldestNanos,
      long hiccupNanos,
      long retries,
      Map<String, Long> exceptions,
      String latencies) {

    private static Second of(Gets gets) {
      return new Second(
          gets.answered(),
          gets.notServed(),
          gets.wrongValues(),
          gets.stale(),
          gets.oldestNanos(),
          gets.hiccupNanos(),
          gets.retries(),
          gets.exceptions(),
          HistogramText.encode(gets.latencies()));
    }

    private Gets gets() {
      return new Gets(
          answered,
          notServed,
          wrongValues,
          stale,
          oldestNanos,
          hiccupNanos,
          retries,
          exceptions,
          HistogramText.decode(latencies));
    }
  }
}
