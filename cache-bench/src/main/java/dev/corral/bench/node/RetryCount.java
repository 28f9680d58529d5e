package dev.corral.bench.node;

import dev.corral.bench.contender.Contender;

/** Asks a contender now and then how often it has tried again, and notes in which second it was. */
final class RetryCount {
  private final long beginning;
  private final SharedClock clock;
  private final Contender contender;
  private final Measure measure;
  private long known; // touched by the thread that looks alone

  RetryCount(long beginning, SharedClock clock, Contender contender, Measure measure) {
    this.beginning = beginning;
    this.clock = clock;
    this.contender = contender;
    this.measure = measure;
  }

  void look() {
    long all = contender.retries();
    measure.retried(clock.now() - beginning, all - known);
    known = all;
  }
}
