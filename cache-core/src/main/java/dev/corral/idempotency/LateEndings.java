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
 * <p>One at a time, outcomes before releases, the longest-waiting first; after a failure there is a
 * pause, so a store that is away costs one step a pause, however many endings wait. Outcomes are
 * tried for as long as they would have been kept. They are as many as actions ran when the store
 * went away, since without it none begins; releases, which calls that began nothing may leave as
 * well, are bounded.
 */
final class LateEndings implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Idempotency.class);

  static final int MOST_RELEASES = 10_000;

  private final IdempotencyStore store;
  private final ScheduledExecutorService scheduler;
  private final LongSupplier ticker;
  private final Counts counts;
  private final long pauseNanos;
  private final Deque<Ending> outcomes = new ArrayDeque<>();
  private final Deque<Ending> releases = new ArrayDeque<>();
  private boolean working;
  private boolean closed;

  LateEndings(
      IdempotencyStore store,
      ScheduledExecutorService scheduler,
      LongSupplier ticker,
      Duration reservationTime,
      Counts counts) {
    this.store = store;
    this.scheduler = scheduler;
    this.ticker = ticker;
    this.counts = counts;
    pauseNanos = Math.min(reservationTime.toNanos() / 3, TimeUnit.SECONDS.toNanos(1));
  }

  /** What is still to be told to the store; a release has no outcome. */
  private record Ending(Reservation reservation, @Nullable StoredOutcome outcome, long until) {

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
    if (ending.outcome() == null && releases.size() >= MOST_RELEASES) {
      log.debug("The reservation of {} expires", ending.reservation().key());
      return;
    }
    put(ending);
    if (closed) {
      warn();
    } else if (!working) {
      working = true;
      schedule(pauseNanos);
    }
  }

  private synchronized void put(Ending ending) {
    (ending.outcome() == null ? releases : outcomes).addLast(ending);
  }

  private synchronized @Nullable Ending next() {
    Ending ending = outcomes.isEmpty() ? releases.pollFirst() : outcomes.pollFirst();
    working = ending != null;
    return ending;
  }

  /** Then what is left has been tried for the last time, and the store may be closed as well. */
  private synchronized boolean isClosed() {
    return closed;
  }

  private void schedule(long nanos) {
    try {
      var unused = scheduler.schedule(this::work, nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      warn();
    }
  }

  /** Ends one; each is a task of its own, as others may wait for the thread. */
  private void work() {
    Ending ending = isClosed() ? null : next();
    if (ending == null) {
      return;
    }
    boolean over = false;
    try {
      over = isOver(ending);
    } finally {
      // An Error, too, must not end this for good.
      if (!over) {
        // To the end of the line: what the store refuses for its own sake holds up nothing else.
        put(ending);
      }
      schedule(over ? 0 : pauseNanos);
    }
  }

  private boolean isOver(Ending ending) {
    IdempotencyKey key = ending.reservation().key();
    try {
      EndAnswer answer = ending.tell(store);
      if (ending.outcome() != null && answer instanceof EndAnswer.Lost) {
        counts.lost.increment();
        log.warn("The outcome of {} came too late: another one has taken its place", key);
      } else {
        log.debug("{} of {}, later", answer, key);
      }
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

  /** Tries for the last time, until one fails: at most one step that fails is waited for. */
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
    Ending first = outcomes.peekFirst();
    if (first != null) {
      log.warn(
          "Closed before the store took them: the outcomes of {} actions are lost, such as {}",
          outcomes.size(),
          first.reservation().key());
    }
  }
}
