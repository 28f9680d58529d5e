package dev.corral.bench.payments;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/** Counts by second of a run; what comes after the last one that there is room for counts there. */
final class PerSecond {
  private static final int MOST = 3600;

  private final AtomicLongArray counts = new AtomicLongArray(MOST);
  private volatile long begin = System.nanoTime();

  /** Begins the first second, once everything is there that counts. */
  void begin(long nanos) {
    begin = nanos;
  }

  void add() {
    counts.incrementAndGet(second());
  }

  private int second() {
    long second = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
    return (int) Math.min(MOST - 1, second);
  }

  /** Returns the counts up to the present second. */
  List<Long> soFar() {
    return IntStream.rangeClosed(0, second()).mapToObj(counts::get).toList();
  }
}
