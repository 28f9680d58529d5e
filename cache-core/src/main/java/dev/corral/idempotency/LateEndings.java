package dev.corral.idempotency;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes on to end reservations that the store failed to end: while it is away nobody else can take
 * them, and when it is back the first step may be this one.
 */
final class LateEndings {

  private static final Logger log = LoggerFactory.getLogger(Idempotency.class);

  /** So often at most: after that, another holder has most likely decided. */
  private static final int MOST = 100;

  private final IdempotencyStore store;
  private final ScheduledExecutorService scheduler;
  private final long pauseNanos;

  LateEndings(
      IdempotencyStore store, ScheduledExecutorService scheduler, Duration reservationTime) {
    this.store = store;
    this.scheduler = scheduler;
    pauseNanos = Math.min(reservationTime.toNanos() / 3, TimeUnit.SECONDS.toNanos(1));
  }

  void complete(Reservation reservation, StoredOutcome outcome) {
    schedule(() -> store.complete(reservation, outcome), reservation, 1);
  }

  void release(Reservation reservation) {
    schedule(() -> store.release(reservation), reservation, 1);
  }

  private interface Ending {
    EndAnswer end();
  }

  private void schedule(Ending ending, Reservation reservation, int count) {
    try {
      var unused =
          scheduler.schedule(
              () -> tryToEnd(ending, reservation, count), pauseNanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      log.debug("Closed: the reservation of {} expires", reservation.key());
    }
  }

  private void tryToEnd(Ending ending, Reservation reservation, int count) {
    try {
      EndAnswer end = ending.end();
      log.debug("{} of {} after {} more attempts", end, reservation.key(), count);
    } catch (RuntimeException e) {
      if (count < MOST) {
        schedule(ending, reservation, count + 1);
      } else {
        log.warn("The reservation of {} was never ended: {}", reservation.key(), e.toString());
      }
    }
  }
}
