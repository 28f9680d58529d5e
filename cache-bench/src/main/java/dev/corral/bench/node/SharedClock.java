package dev.corral.bench.node;

import java.util.concurrent.locks.LockSupport;

/**
 * The clock of the program that started this node. On one Linux host {@link System#nanoTime} counts
 * from the same instant in every process, and the difference is 0; elsewhere it was measured.
 *
 * @param ahead how many nanoseconds this process' clock is ahead of the program's
 */
public record SharedClock(long ahead) {

  public long now() {
    return System.nanoTime() - ahead;
  }

  public void waitUntil(long time) {
    for (long left = time - now(); left > 0; left = time - now()) {
      LockSupport.parkNanos(left);
    }
  }
}
