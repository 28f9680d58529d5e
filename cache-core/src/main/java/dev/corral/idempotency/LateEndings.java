package dev.corral.idempotency;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes on to end reservations that the store failed to end: while it is away nobody else can take
 * them, and when it is back the first step may be this one.
 *
 * <p>One at a time, the longest-waiting first; after a failure there is a pause, so a store that is
 * away costs one step a pause, however many endings wait. Outcomes are tried for as long as they
 * would have been kept. They are as many as actions ran when the store went away, since without it
 * none begins; releases, which calls that began nothing may leave as well, are bounded.
 */
final class LateEndings implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Idempotency.class);

  static final int MOST_RELEASES = 10_000;

  private final IdempotencyStore store;
  private final ScheduledExecutorService scheduler;
  private final LongSupplier ticker;
  private final long pauseNanos;
  private final Deque<Ending> waiting = new ArrayDeque<>();
  private int releases;
  private boolean working;
  private boolean closed;

  LateEndings(
      IdempotencyStore store,
      ScheduledExecutorService scheduler,
      LongSupplier ticker,
      Duration reservationTime) {
    this.store = store;
    this.scheduler = scheduler;
    this.ticker = ticker;
    pauseNanos = Math.min(reservationTime.toNanos() / 3, TimeUnit.SECONDS.toNanos(1));
  }

  /** What is still to be told to the store; a release has no outcome. */
  private record Ending(Reservation reservation, @Nullable StoredOutcome outcome, long until) {

    boolean isRelease() {
      return outcome == null;
    }

    EndAnswer tell(IdempotencyStore store) {
      return outcome == null ? store.release(reservation) : store.complete(reservation, outcome);
    }
  }

  void complete(Reservation reservation, StoredOutcome outcome) {
    add(new Ending(reservation, outcome, end(reservation)));
  }

  void release(Reservation reservation) {
    add(new Ending(reservation, null, end(reservation)));
  }

  private long end(Reservation reservation) {
    return ticker.getAsLong() + reservation.retention().toNanos();
  }

  private synchronized void add(Ending ending) {
    if (closed && !ending.isRelease()) {
      log.warn("Closed: the outcome of {} is lost", ending.reservation().key());
      return;
    }
    if (closed || (ending.isRelease() && releases == MOST_RELEASES)) {
      log.debug("The reservation of {} expires", ending.reservation().key());
      return;
    }
    put(ending);
    if (!working) {
      working = true;
      schedule();
    }
  }

  private synchronized void put(Ending ending) {
    releases += ending.isRelease() ? 1 : 0;
    waiting.addLast(ending);
  }

  private synchronized @Nullable Ending next() {
    Ending ending = waiting.pollFirst();
    if (ending == null) {
      working = false;
    } else if (ending.isRelease()) {
      releases--;
    }
    return ending;
  }

  private void schedule() {
    try {
      var unused = scheduler.schedule(this::work, pauseNanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      log.debug("Closed meanwhile", e);
    }
  }

  /** Ends what can be ended, until one cannot. */
  private void work() {
    for (Ending ending = next(); ending != null; ending = next()) {
      if (!isOver(ending)) {
        // To the end of the line: what the store refuses for its own sake does not hold up the
        // rest.
        put(ending);
        schedule();
        return;
      }
    }
  }

  private boolean isOver(Ending ending) {
    IdempotencyKey key = ending.reservation().key();
    try {
      log.debug("{} of {}, later", ending.tell(store), key);
      return true;
    } catch (RuntimeException e) {
      if (ending.until() - ticker.getAsLong() > 0) {
        log.debug("The reservation of {} is still not ended", key, e);
        return false;
      }
      log.warn("The reservation of {} was never ended: {}", key, e.toString());
      return true;
    }
  }

  /** Returns how many outcomes and releases wait. */
  synchronized int size() {
    return waiting.size();
  }

  /** Tries for the last time, until one fails: at most one step of the store is waited for. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    for (Ending ending = next(); ending != null; ending = next()) {
      if (!isOver(ending)) {
        put(ending);
        break;
      }
    }
    warn();
  }

  private synchronized void warn() {
    long outcomes = waiting.stream().filter(ending -> !ending.isRelease()).count();
    if (outcomes > 0) {
      log.warn(
          "Closed while the store does not answer: the outcomes of {} actions are lost, such as {}",
          outcomes,
          waiting.stream()
              .filter(ending -> !ending.isRelease())
              .findFirst()
              .map(ending -> ending.reservation().key())
              .orElseThrow());
    }
  }
}
