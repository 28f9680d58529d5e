package dev.corral.bench.herd;

import java.util.Collection;
import java.util.List;

/** Some times, of which a percentile is one: the least that so many percent do not exceed. */
record Sample(List<Long> sorted) {

  static Sample of(Collection<Long> times) {
    return new Sample(times.stream().sorted().toList());
  }

  int size() {
    return sorted.size();
  }

  /** The percentile, or 0 if there are no times. */
  long percentile(double percent) {
    if (sorted.isEmpty()) {
      return 0;
    }
    int rank = (int) Math.ceil(percent / 100 * sorted.size());
    return sorted.get(Math.max(rank, 1) - 1);
  }

  long median() {
    return percentile(50);
  }
}
