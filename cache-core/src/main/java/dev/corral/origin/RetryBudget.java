package dev.corral.origin;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * How many retries an origin can be burdened with: a share of its loads in a sliding window, and a
 * small number besides, so that a quiet origin has some as well. When everything fails, retries
 * then add that share to the burden, and do not multiply it.
 *
 * <p>After the budget of Finagle; the share is that of Site Reliability Engineering, chapter 21
 * (Beyer and others, 2016).
 */
final class RetryBudget {

  static final Duration WINDOW = Duration.ofSeconds(10);

  private static final int SLOTS = 10;
  private static final long SLOT_NANOS = WINDOW.toNanos() / SLOTS;

  private final double share;
  private final int least;
  private final LongSupplier ticker;
  private final long start;
  private final ReentrantLock lock = new ReentrantLock();

  // guarded by lock
  private final long[] loads = new long[SLOTS];
  private final long[] retries = new long[SLOTS];
  private long current;

  RetryBudget(double share, int least, LongSupplier ticker) {
    this.share = share;
    this.least = least;
    this.ticker = ticker;
    start = ticker.getAsLong();
  }

  /** A budget that is never used up. */
  static RetryBudget unlimited(LongSupplier ticker) {
    return new RetryBudget(0, Integer.MAX_VALUE, ticker);
  }

  void loadBegan() {
    lock.lock();
    try {
      loads[slot()]++;
    } finally {
      lock.unlock();
    }
  }

  boolean tryRetry() {
    lock.lock();
    try {
      int slot = slot();
      long allowed = (long) (Arrays.stream(loads).sum() * share) + least;
      if (Arrays.stream(retries).sum() >= allowed) {
        return false;
      }
      retries[slot]++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Returns the slot of the present time, after emptying those that time has passed. */
  private int slot() {
    long now = Math.floorDiv(ticker.getAsLong() - start, SLOT_NANOS);
    long passed = Math.min(SLOTS, now - current);
    for (long i = 0; i < passed; i++) {
      int slot = Math.floorMod(now - i, SLOTS);
      loads[slot] = 0;
      retries[slot] = 0;
    }
    current = Math.max(current, now);
    return Math.floorMod(current, SLOTS);
  }
}
