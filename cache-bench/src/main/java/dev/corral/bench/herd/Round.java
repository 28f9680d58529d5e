package dev.corral.bench.herd;

import dev.corral.bench.node.HistogramText;
import java.util.List;
import java.util.function.Predicate;
import org.HdrHistogram.Histogram;

/** What all processes saw of one key that was asked for once, each one's report in turn. */
record Round(List<RoundReport> reports) {

  List<LoadTime> loads() {
    return reports.stream().flatMap(report -> report.loads().stream()).toList();
  }

  /** Adds the waits of some of the processes to others. */
  void addWaits(Predicate<RoundReport> which, Histogram sum) {
    reports.stream().filter(which).forEach(report -> sum.add(HistogramText.decode(report.waits())));
  }

  /**
   * From the end of the load, of the earliest one if there are several, to the first return in each
   * process that did not load; in nanoseconds.
   */
  List<Long> wakeUps() {
    long end = loads().stream().mapToLong(LoadTime::end).min().orElse(0);
    return reports.stream()
        .filter(report -> !report.loaded())
        .map(report -> report.firstReturn() - end)
        .toList();
  }
}
