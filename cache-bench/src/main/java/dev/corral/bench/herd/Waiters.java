package dev.corral.bench.herd;

import dev.corral.bench.contender.Contender;
import dev.corral.bench.node.HistogramText;
import dev.corral.bench.node.SharedClock;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.HdrHistogram.Histogram;

/** The waiters of one process in one round, each of which notes when it has the page. */
final class Waiters {
  private static final int DIGITS = 3;

  private final Contender contender;
  private final String key;
  private final SharedClock clock;
  private final long[] returns; // each element is written by one thread, and read when all are done
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();

  Waiters(Contender contender, String key, int count, SharedClock clock) {
    this.contender = contender;
    this.key = key;
    this.clock = clock;
    returns = new long[count];
  }

  int count() {
    return returns.length;
  }

  /** What each of them does. */
  void ask(int number) {
    try {
      String content = contender.get(key).content();
      returns[number] = clock.now();
      if (!content.equals(SleepingOrigin.content(key))) {
        failures.add("\"%s\" for %s".formatted(content, key));
      }
    } catch (Exception e) {
      returns[number] = clock.now();
      failures.add(e.toString());
    }
  }

  /**
   * What became of them, when all are done.
   *
   * @param at the instant at which they were to be let go
   */
  RoundReport report(long at, List<LoadTime> loads) {
    var waits = new Histogram(DIGITS);
    Arrays.stream(returns).forEach(returned -> waits.recordValue(returned - at));
    String failure = failures.isEmpty() ? "" : failures.element();
    long first = Arrays.stream(returns).min().orElseThrow();
    return new RoundReport(loads, first, failures.size(), failure, HistogramText.encode(waits));
  }
}
