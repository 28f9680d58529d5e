package dev.corral.bench.node;

import java.time.Duration;

/**
 * A stretch of time for which one process takes gets.
 *
 * @param from in nanoseconds after the beginning
 * @param to the first nanosecond that is no longer in it
 */
public record Shift(long from, long to) {
  private static final Shift ALWAYS = new Shift(0, Long.MAX_VALUE);

  static Shift always() {
    return ALWAYS;
  }

  static Shift between(Duration from, Duration to) {
    return new Shift(from.toNanos(), to.toNanos());
  }

  static Shift from(Duration from) {
    return new Shift(from.toNanos(), Long.MAX_VALUE);
  }

  boolean covers(long time) {
    return time >= from && time < to;
  }
}
