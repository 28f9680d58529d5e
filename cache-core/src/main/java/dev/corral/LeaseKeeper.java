package dev.corral;

import dev.corral.remote.Lease;
import dev.corral.remote.RemoteStoreException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps leases alive while their loads run, and gives them up when the loads have used up their
 * time: a loader that hangs does not keep the rest of the cluster from trying.
 */
final class LeaseKeeper {

  private final RemoteTier<?, ?> remote;
  private final RemoteHealth health;
  private final ScheduledExecutorService scheduler;
  private final Ticker ticker;
  private final long renewNanos;

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
    // One renewal may be lost: if the second one is as well, the third comes a moment too late.
    this.renewNanos = leaseTime.toNanos() / 3;
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
    Kept kept = new Kept(lease, whenLost, ticker.read() + nanos);
    kept.schedule();
    return kept;
  }

  /** A lease in this keeper's care. */
  final class Kept implements Runnable {

    private final Lease lease;
    private final Runnable whenLost;
    private final long deadline;
    private volatile boolean closed;
    private volatile @Nullable Future<?> next;

    private Kept(Lease lease, Runnable whenLost, long deadline) {
      this.lease = lease;
      this.whenLost = whenLost;
      this.deadline = deadline;
    }

    private void schedule() {
      long left = Math.max(0, deadline - ticker.read());
      try {
        next = scheduler.schedule(this, Math.min(renewNanos, left), TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException e) {
        // The cache is closed: the lease may expire.
        closed = true;
      }
    }

    @Override
    public void run() {
      if (closed) {
        return;
      }
      if (deadline - ticker.read() > 0) {
        renew();
      } else {
        giveUp();
      }
    }

    private void renew() {
      try {
        if (remote.renew(lease)) {
          schedule();
        } else if (!closed) {
          // Else its own end came first: the load had just been published.
          whenLost.run();
        }
      } catch (RemoteStoreException e) {
        // The store may answer next time, while the lease still stands.
        health.failed(e);
        schedule();
      }
    }

    private void giveUp() {
      try {
        remote.release(lease);
      } catch (RemoteStoreException e) {
        // Nobody renews the lease any more: it expires by itself.
        health.failed(e);
      }
    }

    /** Ends the care; the lease is left as it is. */
    void close() {
      closed = true;
      Future<?> scheduled = next;
      if (scheduled != null) {
        scheduled.cancel(false);
      }
    }
  }
}
