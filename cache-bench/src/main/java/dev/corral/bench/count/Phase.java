package dev.corral.bench.count;

import java.util.concurrent.TimeUnit;

/**
 * A stretch of the window in which one thing was so.
 *
 * @param fromSecond the first whole second of the window that is in it, from 0
 * @param toSecond the first that is no longer in it
 * @param fault whether something was wrong then
 */
public record Phase(String name, int fromSecond, int toSecond, boolean fault) {
  /** Whether an instant, in nanoseconds after the window's begin, is in it. */
  public boolean covers(long nanos) {
    return nanos >= TimeUnit.SECONDS.toNanos(fromSecond)
        && nanos < TimeUnit.SECONDS.toNanos(toSecond);
  }
}
