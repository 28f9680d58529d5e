package dev.corral.redis;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets as many steps pass at once as there are connections for. The client's pool may let those who
 * find none wait without limit; here they wait for a while, and no longer than Redis is taken to be
 * there. Thread-safe.
 */
final class Gate {

  /** Whether a step may pass. */
  enum Pass {
    /** It may; {@link #leave} follows. */
    FREE,
    /** No connection was free in time. */
    EXHAUSTED,
    /** The gate is shut. */
    SHUT
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // guarded by lock
  private int free;
  private boolean shut;

  Gate(int permits) {
    free = permits;
  }

  /**
   * Waits until a connection is free. An interrupt does not end that, as the wait is short; the
   * thread stays interrupted. The step behind it could not be interrupted either, unless the thread
   * is a virtual one, whose socket an interrupt closes.
   */
  Pass enter(long nanos) {
    boolean interrupted = false;
    lock.lock();
    try {
      long end = System.nanoTime() + nanos;
      for (long left = nanos; free == 0 && !shut && left > 0; left = end - System.nanoTime()) {
        try {
          left = changed.awaitNanos(left);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (shut) {
        return Pass.SHUT;
      }
      if (free == 0) {
        return Pass.EXHAUSTED;
      }
      free--;
      return Pass.FREE;
    } finally {
      lock.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  void leave() {
    lock.lock();
    try {
      free++;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Lets nobody pass, and sends away those who wait. */
  void shut() {
    lock.lock();
    try {
      shut = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void open() {
    lock.lock();
    try {
      shut = false;
    } finally {
      lock.unlock();
    }
  }
}
