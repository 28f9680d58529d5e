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
    try {
      next = scheduler.schedule(this::purge, everyNanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      log.trace("Closed", e);
    }
  }

  private void purge() {
    if (closed) {
      return;
    }
    try {
      int purged = PURGED_AT_ONCE;
      while (purged == PURGED_AT_ONCE && !closed) {
        purged = store.purge(PURGED_AT_ONCE);
        counts.purged.add(purged);
      }
    } catch (RuntimeException e) {
      // Whatever a store throws: the next time it may not.
      log.debug("Nothing was purged", e);
    } finally {
      schedule();
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
