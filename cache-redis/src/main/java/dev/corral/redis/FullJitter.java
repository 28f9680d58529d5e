package dev.corral.redis;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Pauses between attempts that fail: a random part of a window that doubles with each failure, so
 * that many processes do not knock as one (Exponential Backoff And Jitter, AWS Architecture Blog,
 * 2015).
 */
record FullJitter(long firstMillis, long longestMillis) {

  /** Returns a pause of 1 ms at least, after so many failures in a row. */
  long millis(int failures) {
    long window = Math.min(longestMillis, firstMillis << Math.min(failures, Byte.SIZE));
    return 1 + ThreadLocalRandom.current().nextLong(window);
  }
}
