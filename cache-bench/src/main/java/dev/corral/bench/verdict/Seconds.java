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

  /** How many seconds pass up to the last one, included, in which a get or a load failed. */
  int untilNothingFails() {
    int seconds = all.size();
    while (seconds > 0 && !fails(all.get(seconds - 1))) {
      seconds--;
    }
    return seconds;
  }

  private static boolean fails(Second second) {
    return second.errors() > 0 || second.failedLoads() > 0;
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
