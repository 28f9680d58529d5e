package dev.corral.origin;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The loads that are running, and when each of them is taken to hang. A loader cannot be cut off,
 * but what it occupies can be taken back: there is no thread that watches, whoever comes next does.
 */
final class Runs {

  private final LongSupplier ticker;
  private final ReentrantLock lock = new ReentrantLock();

  // guarded by lock
  private final TreeSet<Run> running = new TreeSet<>(Runs::compare);
  private long lastId;
  private long givenUp;

  Runs(LongSupplier ticker) {
    this.ticker = ticker;
  }

  /** By subtraction, since the time may overflow. */
  private static int compare(Run a, Run b) {
    int deadlines = Long.signum(a.deadline - b.deadline);
    return deadlines != 0 ? deadlines : Long.compare(a.id, b.id);
  }

  Run begin(List<Passage> passages, long timeoutNanos) {
    lock.lock();
    try {
      long now = ticker.getAsLong();
      Run run = new Run(passages, now, now + timeoutNanos, ++lastId);
      running.add(run);
      return run;
    } finally {
      lock.unlock();
    }
  }

  /** Takes back what loads occupy that have used up their time. */
  void giveUpOverdue() {
    for (Run run : takeOverdue()) {
      long nanos = run.deadline - run.beganAt;
      run.passages.forEach(passage -> passage.ended(nanos, new TimeoutException("The load hangs")));
    }
  }

  private List<Run> takeOverdue() {
    List<Run> overdue = new ArrayList<>();
    lock.lock();
    try {
      long now = ticker.getAsLong();
      while (!running.isEmpty() && running.first().deadline - now <= 0) {
        overdue.add(running.pollFirst());
      }
      givenUp += overdue.size();
    } finally {
      lock.unlock();
    }
    return overdue;
  }

  /** Returns how long it is until a running load is taken to hang; without end if none runs. */
  long untilOverdueNanos() {
    lock.lock();
    try {
      return running.isEmpty()
          ? Long.MAX_VALUE
          : Math.max(0, running.first().deadline - ticker.getAsLong());
    } finally {
      lock.unlock();
    }
  }

  int running() {
    lock.lock();
    try {
      return running.size();
    } finally {
      lock.unlock();
    }
  }

  long givenUp() {
    lock.lock();
    try {
      return givenUp;
    } finally {
      lock.unlock();
    }
  }

  /** One attempt of a load, on its way through all gates. */
  final class Run {

    private final List<Passage> passages;
    private final long beganAt;
    private final long deadline;
    private final long id;

    private Run(List<Passage> passages, long beganAt, long deadline, long id) {
      this.passages = passages;
      this.beganAt = beganAt;
      this.deadline = deadline;
      this.id = id;
    }

    /** Whether no other load is taken to hang sooner. */
    boolean isNextToHang() {
      lock.lock();
      try {
        return !running.isEmpty() && running.first() == this;
      } finally {
        lock.unlock();
      }
    }

    /** Returns how long it has run. */
    long nanos() {
      return ticker.getAsLong() - beganAt;
    }

    /** Tells the gates, unless the load was given up before. */
    void ended(@Nullable Throwable failure) {
      if (remove()) {
        long nanos = nanos();
        passages.forEach(passage -> passage.ended(nanos, failure));
      }
    }

    /** The same, of a load that was broken off for reasons that are not the origin's. */
    void brokenOff() {
      if (remove()) {
        passages.forEach(Passage::unused);
      }
    }

    private boolean remove() {
      lock.lock();
      try {
        return running.remove(this);
      } finally {
        lock.unlock();
      }
    }
  }
}
