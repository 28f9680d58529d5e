package dev.corral.idempotency;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps reservations alive while their actions run, and lets them expire when the actions have used
 * up their time: an action that hangs does not hold its key for ever.
 */
final class ReservationKeeper {

  private static final Logger log = LoggerFactory.getLogger(Idempotency.class);

  private final ScheduledExecutorService scheduler;
  private final LongSupplier ticker;
  private final long renewNanos;
  private final long longestNanos;

  ReservationKeeper(
      ScheduledExecutorService scheduler,
      LongSupplier ticker,
      Duration reservationTime,
      Duration longestAction) {
    this.scheduler = scheduler;
    this.ticker = ticker;
    // One renewal may be lost: if the second one is as well, the third comes a moment too late.
    this.renewNanos = reservationTime.toNanos() / 3;
    this.longestNanos = longestAction.toNanos();
  }

  /** Renews the reservation of an attempt every third of its time, until closed. */
  Kept keep(Attempt<?> attempt) {
    Kept kept = new Kept(attempt, ticker.getAsLong() + longestNanos);
    kept.schedule();
    return kept;
  }

  /** A reservation in this keeper's care. */
  final class Kept implements Runnable {

    private final Attempt<?> attempt;
    private final long deadline;
    private volatile boolean closed;
    private volatile @Nullable Future<?> next;

    private Kept(Attempt<?> attempt, long deadline) {
      this.attempt = attempt;
      this.deadline = deadline;
    }

    private void schedule() {
      try {
        next = scheduler.schedule(this, renewNanos, TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException e) {
        log.debug("Closed: the reservation of {} may expire", attempt.key());
      }
    }

    @Override
    public void run() {
      if (closed) {
        return;
      }
      if (deadline - ticker.getAsLong() <= 0) {
        log.warn("The action of {} takes too long: its reservation expires", attempt.key());
        return;
      }
      try {
        if (attempt.renew()) {
          schedule();
        }
      } catch (IdempotencyStoreException e) {
        // The store may answer next time, while the reservation still stands.
        log.debug("The reservation of {} was not renewed", attempt.key(), e);
        schedule();
      }
    }

    /** Ends the care; the reservation is left as it is. */
    void close() {
      closed = true;
      Future<?> scheduled = next;
      if (scheduled != null) {
        scheduled.cancel(false);
      }
    }
  }
}
