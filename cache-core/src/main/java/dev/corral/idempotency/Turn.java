package dev.corral.idempotency;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One caller's turn to ask the store for a request, and to run its action if it is told to; the
 * others of this process who want the same wait for what comes of it. Thread-safe.
 */
final class Turn {

  private final CountDownLatch over = new CountDownLatch(1);
  private volatile @Nullable StoredOutcome outcome;

  /** Ends the turn with an outcome that the store is known to have. */
  void end(StoredOutcome known) {
    outcome = known;
    over.countDown();
  }

  /** Ends the turn, if it has not ended, without an outcome: somebody else's turn is next. */
  void pass() {
    over.countDown();
  }

  /** Waits for the end of the turn; false if it did not come in time. */
  boolean await(long nanos) throws InterruptedException {
    return over.await(nanos, TimeUnit.NANOSECONDS);
  }

  /** Returns what the turn ended with, or null if with nothing, or if it has not ended. */
  @Nullable StoredOutcome outcome() {
    return outcome;
  }
}
