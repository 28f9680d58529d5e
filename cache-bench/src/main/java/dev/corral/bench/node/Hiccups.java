package dev.corral.bench.node;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Finds out how long this process was kept from running, by other processes or by its own garbage
 * collector: a thread that only sleeps notes how late it wakes up. What it was late no get can be
 * blamed for. (The idea is jHiccup's, by Gil Tene.)
 */
final class Hiccups {
  private static final long NAP = TimeUnit.MILLISECONDS.toNanos(2);

  private final SharedClock clock;
  private final Measure measure;
  private volatile boolean stopped;

  private Hiccups(SharedClock clock, Measure measure) {
    this.clock = clock;
    this.measure = measure;
  }

  /** Begins to measure, in a thread of its own. */
  static Hiccups measure(long beginning, SharedClock clock, Measure measure) {
    var hiccups = new Hiccups(clock, measure);
    var thread = new Thread(() -> hiccups.nap(beginning), "hiccups");
    thread.setDaemon(true);
    thread.start();
    return hiccups;
  }

  private void nap(long beginning) {
    for (long before = clock.now(); !stopped; before = clock.now()) {
      LockSupport.parkNanos(NAP);
      long late = clock.now() - before - NAP;
      if (late > 0) {
        measure.hiccup(before - beginning, late);
      }
    }
  }

  void stop() {
    stopped = true;
  }
}
