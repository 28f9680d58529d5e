package dev.corral.idempotency;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drops records that have expired, again and again, in batches that hold up nobody for long. */
final class Purger implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Idempotency.class);

  private static final int PURGED_AT_ONCE = 1_000;

  private final IdempotencyStore store;
  private final ScheduledExecutorService scheduler;
  private final long everyNanos;
  private final Counts counts;
  private volatile boolean closed;
  private volatile @Nullable Future<?> next;

  Purger(
      IdempotencyStore store, ScheduledExecutorService scheduler, Duration every, Counts counts) {
    this.store = store;
    this.scheduler = scheduler;
    this.everyNanos = every.toNanos();
    this.counts = counts;
  }

  void schedule() {
    schedule(everyNanos);
  }

  private void schedule(long nanos) {
    try {
      next = scheduler.schedule(this::purge, nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      log.trace("Closed", e);
    }
  }

  /** Drops one batch; each is a task of its own, as others may wait for the thread. */
  private void purge() {
    if (closed) {
      return;
    }
    boolean more = false;
    try {
      int purged = store.purge(PURGED_AT_ONCE);
      counts.purged.add(purged);
      more = purged == PURGED_AT_ONCE;
    } catch (RuntimeException e) {
      // Whatever a store throws: the next time it may not.
      log.debug("Nothing was purged", e);
    } finally {
      schedule(more ? 0 : everyNanos);
    }
  }

  @Override
  public void close() {
    closed = true;
    Future<?> scheduled = next;
    if (scheduled != null) {
      scheduled.cancel(false);
    }
  }
}
