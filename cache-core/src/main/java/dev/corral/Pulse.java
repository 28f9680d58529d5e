package dev.corral;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The time of this process, noted by a thread a few hundred times a second, so that a hit need not
 * ask for it: {@link System#nanoTime} can cost more than all the rest of a hit. Its thread ends
 * with the last of its users, and sleeps while nobody asks.
 *
 * <p>It is never ahead, and behind by one beat, or by as long as its thread was kept from running.
 */
final class Pulse {

  /** How far behind it may be without harm: who decides by it has to keep that distance. */
  static final long SLACK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** The one for all caches of this process. */
  static final Pulse SHARED = new Pulse("corral-pulse");

  private static final long BEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(4);
  private static final int BEATS_BEFORE_SLEEP = 250;

  private volatile long noted = System.nanoTime();

  // Whether somebody has asked since the thread looked. Who sets it wakes the thread, whether it
  // sleeps or not: a second flag for that could be cleared by an earlier thread that ends late, and
  // then the next one would sleep for ever, and values with it.
  private volatile boolean asked;

  private volatile @Nullable Thread beating; // set under the lock of this
  private int users; // guarded by this

  private final String threadName;

  Pulse(String threadName) {
    this.threadName = threadName;
  }

  /** Lets the pulse beat until {@link #release}. */
  synchronized void acquire() {
    if (users++ == 0) {
      noted = System.nanoTime();
      Thread thread = new Thread(this::beat, threadName);
      thread.setDaemon(true);
      beating = thread;
      thread.start();
    }
  }

  synchronized void release() {
    if (--users == 0) {
      Thread thread = beating;
      beating = null;
      LockSupport.unpark(thread);
    }
  }

  /** Returns what {@link System#nanoTime} was at the last beat. */
  long read() {
    if (!asked) {
      ask();
    }
    return noted;
  }

  private void ask() {
    noted = System.nanoTime();
    asked = true;
    LockSupport.unpark(beating);
  }

  private void beat() {
    Thread self = Thread.currentThread();
    int beats = 0;
    while (beating == self) {
      noted = System.nanoTime();
      LockSupport.parkNanos(BEAT_NANOS);
      beats++;
      if (beats == BEATS_BEFORE_SLEEP) {
        beats = 0;
        sleepUnlessAsked(self);
        asked = false;
      }
    }
  }

  private void sleepUnlessAsked(Thread self) {
    while (!asked && beating == self) {
      LockSupport.park();
    }
  }
}
