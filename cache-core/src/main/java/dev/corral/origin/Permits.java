package dev.corral.origin;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets so many loads run at a time. Misses queue for a permit, first come, first served, as long as
 * the queue has room; refreshes take one that nobody waits for, or go away.
 *
 * <p>A permit goes from hand to hand: whoever returns it gives it to the first in the queue, so
 * that nobody who comes later can take it in between.
 */
final class Permits implements Gate {

  private final String origin;
  private final int most;
  private final int longestQueue;
  private final Runs runs;
  private final LoadCost cost;
  private final LongSupplier ticker;

  private final ReentrantLock lock = new ReentrantLock();

  // guarded by lock
  private final Deque<Waiter> queue = new ArrayDeque<>();
  private int free;

  private static final class Waiter {
    private final Condition turn;
    private boolean granted; // guarded by lock

    private Waiter(Condition turn) {
      this.turn = turn;
    }
  }

  Permits(
      String origin, int most, int longestQueue, Runs runs, LoadCost cost, LongSupplier ticker) {
    this.origin = origin;
    this.most = most;
    this.longestQueue = longestQueue;
    this.runs = runs;
    this.cost = cost;
    this.ticker = ticker;
    free = most;
  }

  @Override
  public Passage enter(Priority priority, long patienceNanos)
      throws Rejection, InterruptedException {
    long deadline = ticker.getAsLong() + patienceNanos;
    lock.lockInterruptibly();
    try {
      if (free > 0 && queue.isEmpty()) {
        free--;
      } else if (priority == Priority.REFRESH || queue.size() >= longestQueue) {
        throw rejection("%d loads run and %d wait".formatted(most - free, queue.size()));
      } else {
        awaitTurn(deadline);
      }
      return new Held();
    } finally {
      lock.unlock();
    }
  }

  private void awaitTurn(long deadline) throws Rejection, InterruptedException {
    Waiter waiter = new Waiter(lock.newCondition());
    queue.addLast(waiter);
    try {
      long left = deadline - ticker.getAsLong();
      while (!waiter.granted && left > 0) {
        long untilOverdue = untilOverdueNanos(waiter);
        if (untilOverdue > 0) {
          // Whether the time is up or not, the loop looks.
          long unused = waiter.turn.awaitNanos(Math.min(left, untilOverdue));
        } else {
          giveUpOverdue();
        }
        left = deadline - ticker.getAsLong();
      }
    } catch (InterruptedException e) {
      if (waiter.granted) {
        passOn();
      }
      throw e;
    } finally {
      if (!waiter.granted) {
        leave(waiter);
      }
    }
    if (!waiter.granted) {
      throw rejection("no permit came in time, with %d loads running".formatted(most - free));
    }
  }

  /** The first in the queue looks after loads that hang, for all who wait behind it. */
  private long untilOverdueNanos(Waiter waiter) {
    return queue.peekFirst() == waiter ? runs.untilOverdueNanos() : Long.MAX_VALUE;
  }

  private void giveUpOverdue() {
    // Their permits come back through this very lock.
    lock.unlock();
    try {
      runs.giveUpOverdue();
    } finally {
      lock.lock();
    }
  }

  /**
   * Has the first in the queue look again when the next load is taken to hang: it may have looked
   * while a load had its permit, but had not begun.
   */
  void resetAlarm() {
    lock.lock();
    try {
      wakeFirst();
    } finally {
      lock.unlock();
    }
  }

  private void leave(Waiter waiter) {
    boolean first = queue.peekFirst() == waiter;
    queue.remove(waiter);
    if (first) {
      wakeFirst();
    }
  }

  private void wakeFirst() {
    Waiter next = queue.peekFirst();
    if (next != null) {
      next.turn.signal();
    }
  }

  /** Gives a permit to the first in the queue. */
  private void passOn() {
    Waiter next = queue.pollFirst();
    if (next == null) {
      free++;
      return;
    }
    next.granted = true;
    next.turn.signal();
    wakeFirst();
  }

  private Rejection rejection(String why) {
    return new Rejection(
        "Origin %s takes no more loads: %s".formatted(origin, why),
        Limit.CONCURRENCY,
        Duration.ofNanos(cost.meanNanos() * (1 + queue.size() / most)));
  }

  int queued() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  /** A permit that is held. */
  private final class Held implements Passage {

    @Override
    public void ended(long nanos, @Nullable Throwable failure) {
      unused();
    }

    @Override
    public void unused() {
      lock.lock();
      try {
        passOn();
      } finally {
        lock.unlock();
      }
    }
  }
}
