package dev.corral;

import dev.corral.remote.Lease;
import dev.corral.remote.RemoteStoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps leases alive while their loads run, and gives them up when the loads have used up their
 * time: a loader that hangs does not keep the rest of the cluster from trying.
 *
 * <p>One task looks after all of them. Each sweep renews, in one round trip, those that are due:
 * were each renewed by itself, the renewals of a large batch would take longer than its leases
 * last. Thread-safe.
 */
final class LeaseKeeper {

  private final RemoteTier<?, ?> remote;
  private final RemoteHealth health;
  private final ScheduledExecutorService scheduler;
  private final Ticker ticker;

  /** Two sweeps come to a third of a lease's time: two renewals in a row may be lost. */
  private final long sweepNanos;

  private final ReentrantLock lock = new ReentrantLock();

  // guarded by lock
  private final Set<Kept> all = new LinkedHashSet<>();
  private long nextSweep;
  private long wakeAt;
  private @Nullable Future<?> timer; // null while none is set, and while its task runs
  private boolean awake;

  /**
   * Creates a keeper of no leases.
   *
   * @param scheduler runs what blocks for a round trip
   */
  LeaseKeeper(
      RemoteTier<?, ?> remote,
      RemoteHealth health,
      ScheduledExecutorService scheduler,
      Ticker ticker,
      Duration leaseTime) {
    this.remote = remote;
    this.health = health;
    this.scheduler = scheduler;
    this.ticker = ticker;
    this.sweepNanos = leaseTime.toNanos() / 6;
  }

  /** Renews a lease every third of its time, until closed, and gives it up after so long. */
  Kept keep(Lease lease, long nanos) {
    return keep(lease, nanos, remote::lost);
  }

  /** The same of a write's, which is not among the leases that were granted to loads. */
  Kept keepOfWrite(Lease lease, long nanos) {
    return keep(lease, nanos, () -> {});
  }

  private Kept keep(Lease lease, long nanos, Runnable whenLost) {
    long now = ticker.read();
    Kept kept = new Kept(lease, whenLost, now + nanos, now);
    lock.lock();
    try {
      if (timer == null && !awake) {
        nextSweep = now + sweepNanos;
      }
      all.add(kept);
      if (!awake && (timer == null || kept.deadline - wakeAt < 0)) {
        schedule(earlier(nextSweep, kept.deadline), now);
      }
    } finally {
      lock.unlock();
    }
    return kept;
  }

  /** Has the task run at a time, and not at another. */
  private void schedule(long at, long now) {
    cancel();
    try {
      wakeAt = at;
      timer = scheduler.schedule(this::run, Math.max(0, at - now), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // The cache is closed: its leases may expire.
      all.clear();
    }
  }

  private void cancel() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private void run() {
    long now = ticker.read();
    List<Kept> due = new ArrayList<>();
    List<Kept> overdue = new ArrayList<>();
    if (!wake(now, due, overdue)) {
      return;
    }
    try {
      // The renewals first: those that are given up can wait for their round trips.
      renew(due, now);
      overdue.forEach(this::giveUp);
    } finally {
      sleep();
    }
  }

  /** Takes out what has used up its time, and lists what is due; false if the task runs already. */
  private boolean wake(long now, List<Kept> due, List<Kept> overdue) {
    lock.lock();
    try {
      if (awake) {
        return false;
      }
      awake = true;
      timer = null;
      boolean sweeps = nextSweep - now <= 0;
      for (Iterator<Kept> each = all.iterator(); each.hasNext(); ) {
        Kept kept = each.next();
        if (kept.deadline - now <= 0) {
          overdue.add(kept);
          each.remove();
        } else if (sweeps && kept.isDueAt(now)) {
          due.add(kept);
        }
      }
      if (sweeps) {
        nextSweep = now + sweepNanos;
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void renew(List<Kept> due, long now) {
    if (due.isEmpty()) {
      return;
    }
    List<Boolean> stand;
    try {
      stand = remote.renewAll(due.stream().map(kept -> kept.lease).toList());
    } catch (RemoteStoreException e) {
      // The store may answer at the next sweep, while the leases still stand.
      health.failed(e);
      return;
    }
    List<Kept> lost = new ArrayList<>();
    lock.lock();
    try {
      for (int i = 0; i < due.size(); i++) {
        Kept kept = due.get(i);
        if (stand.get(i)) {
          kept.renewedAt = now;
        } else if (all.remove(kept)) {
          // Else its own end came first: the load had just been published.
          lost.add(kept);
        }
      }
    } finally {
      lock.unlock();
    }
    lost.forEach(kept -> kept.whenLost.run());
  }

  private void giveUp(Kept kept) {
    try {
      remote.release(kept.lease);
    } catch (RemoteStoreException e) {
      // Nobody renews the lease any more: it expires by itself.
      health.failed(e);
    }
  }

  /** Has the task run again when there is something to do, whatever it threw. */
  private void sleep() {
    lock.lock();
    try {
      awake = false;
      if (!all.isEmpty()) {
        long at = nextSweep;
        for (Kept kept : all) {
          at = earlier(at, kept.deadline);
        }
        schedule(at, ticker.read());
      }
    } finally {
      lock.unlock();
    }
  }

  private static long earlier(long a, long b) {
    return a - b < 0 ? a : b;
  }

  /** A lease in this keeper's care. */
  final class Kept {

    private final Lease lease;
    private final Runnable whenLost;
    private final long deadline;
    private long renewedAt; // guarded by lock

    private Kept(Lease lease, Runnable whenLost, long deadline, long renewedAt) {
      this.lease = lease;
      this.whenLost = whenLost;
      this.deadline = deadline;
      this.renewedAt = renewedAt;
    }

    /** Whether this is the sweep that is nearest to a third of the lease's time. */
    private boolean isDueAt(long now) {
      return now - renewedAt >= sweepNanos + sweepNanos / 2;
    }

    /**
     * Ends the care; the lease is left as it is. The task runs once more even if there is nothing
     * left to do: to take it back and have it run anew would wake its thread for each load.
     */
    void close() {
      lock.lock();
      try {
        all.remove(this);
      } finally {
        lock.unlock();
      }
    }
  }
}
