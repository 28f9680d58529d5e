package dev.corral.bench.verdict;

import dev.corral.bench.count.Phase;
import dev.corral.bench.report.ContenderResult;
import dev.corral.bench.report.ContenderResult.Second;
import java.util.List;
import java.util.stream.LongStream;

/** Seconds of the window of one contender. */
record Seconds(List<Second> all) {

  static Seconds of(ContenderResult result, Phase phase) {
    return new Seconds(result.perSecond().subList(phase.fromSecond(), phase.toSecond()));
  }

  /** Those after the first few; none if there are no more. */
  Seconds after(int few) {
    return new Seconds(all.subList(Math.min(few, all.size()), all.size()));
  }

  long slowestMicros() {
    return maximum(all.stream().mapToLong(Second::maxMicros));
  }

  long mostLoads() {
    return maximum(all.stream().mapToLong(Second::loads));
  }

  /** The longest time for which a process was kept from running. */
  long hiccupMicros() {
    return maximum(all.stream().mapToLong(Second::hiccupMicros));
  }

  private static long maximum(LongStream values) {
    return values.max().orElse(0);
  }
}
