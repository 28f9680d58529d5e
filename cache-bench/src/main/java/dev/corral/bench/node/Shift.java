package dev.corral.bench.node;

import java.time.Duration;

/**
 * A stretch of time for which one process takes gets; all times are in nanoseconds after the
 * beginning.
 *
 * @param startAt when the process is started; 0 if it is there before the beginning
 * @param from when it begins to take gets
 * @param to the first nanosecond at which it no longer does
 */
public record Shift(long startAt, long from, long to) {
  private static final Shift ALWAYS = new Shift(0, 0, Long.MAX_VALUE);

  static Shift always() {
    return ALWAYS;
  }

  static Shift until(Duration leaves) {
    return new Shift(0, 0, leaves.toNanos());
  }

  static Shift from(Duration from, Duration lead) {
    return new Shift(from.minus(lead).toNanos(), from.toNanos(), Long.MAX_VALUE);
  }

  boolean covers(long time) {
    return time >= from && time < to;
  }
}
