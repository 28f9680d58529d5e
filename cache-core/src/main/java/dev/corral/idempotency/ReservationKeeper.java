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
  private final long retryNanos;
  private final long longestNanos;

  ReservationKeeper(
      ScheduledExecutorService scheduler,
      LongSupplier ticker,
      Duration reservationTime,
      Duration longestAction) {
    this.scheduler = scheduler;
    this.ticker = ticker;
    this.renewNanos = reservationTime.toNanos() / 3;
    // Two thirds are left when a renewal fails: a store that is away for less must not end them.
    this.retryNanos = Math.min(renewNanos / 10, TimeUnit.SECONDS.toNanos(1));
    this.longestNanos = longestAction.toNanos();
  }

  /**
   * Renews the reservation of an attempt every third of its time, sooner after a failure, until
   * closed.
   *
   * @param since when it was asked for, by the ticker: what the answer took is not added to the
   *     first third
   * @param givenUp called once the reservation is lost, or is not renewed any more
   */
  Kept keep(Attempt<?> attempt, long since, Runnable givenUp) {
    long now = ticker.getAsLong();
    Kept kept = new Kept(attempt, givenUp, now + longestNanos);
    kept.schedule(Math.max(0, renewNanos - (now - since)));
    return kept;
  }

  /** A reservation in this keeper's care. */
  final class Kept implements Runnable {

    private final Attempt<?> attempt;
    private final Runnable givenUp;
    private final long deadline;
    private volatile boolean closed;
    private volatile @Nullable Future<?> next;

    private Kept(Attempt<?> attempt, Runnable givenUp, long deadline) {
      this.attempt = attempt;
      this.givenUp = givenUp;
      this.deadline = deadline;
    }

    private void schedule(long nanos) {
      try {
        next = scheduler.schedule(this, nanos, TimeUnit.NANOSECONDS);
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
        givenUp.run();
        return;
      }
      long began = ticker.getAsLong();
      boolean failed = true;
      try {
        boolean goesOn = attempt.renew();
        failed = false;
        if (goesOn) {
          // From when it began: what the store took is not added to the third.
          schedule(Math.max(0, renewNanos - (ticker.getAsLong() - began)));
        } else {
          givenUp.run();
        }
      } catch (RuntimeException e) {
        log.debug("The reservation of {} was not renewed", attempt.key(), e);
      } finally {
        // After an Error as well: the store may answer soon, while the reservation still stands.
        if (failed) {
          schedule(retryNanos);
        }
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
