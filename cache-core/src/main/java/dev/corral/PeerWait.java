package dev.corral;

import dev.corral.observe.Step;
import dev.corral.remote.LoadOutcome;
import dev.corral.remote.Lookup;
import dev.corral.stats.Stat;
import dev.corral.stats.StatsCounter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the outcome of a load that another process runs: told by push, and asking again now and
 * then in case the push was lost or the other process died.
 */
final class PeerWait<K, V> {

  private static final long FIRST_POLL_NANOS = Duration.ofMillis(100).toNanos();
  private static final long LONGEST_POLL_NANOS = Duration.ofSeconds(1).toNanos();

  private final String cache;
  private final Registration registration;
  private final Waits waits;
  private final Ticker ticker;
  private final StatsCounter stats;
  private final Observers observers;
  private final long pushGraceNanos;

  /** Asks to be told the outcome of a load: {@link RemoteTier#await}. */
  interface Registration {
    Optional<Duration> await(String text, Lookup.Taken taken);
  }

  /**
   * Creates the waits of one cache.
   *
   * @param pushGrace how long a push may come after the end of the lease that it tells of is seen
   */
  PeerWait(
      String cache,
      Registration registration,
      Waits waits,
      Ticker ticker,
      StatsCounter stats,
      Observers observers,
      Duration pushGrace) {
    this.cache = cache;
    this.registration = registration;
    this.pushGraceNanos = pushGrace.toNanos();
    this.waits = waits;
    this.ticker = ticker;
    this.stats = stats;
    this.observers = observers;
  }

  /**
   * Returns how the load ended; {@link LoadOutcome.LookAgain} if that is not known, but it has.
   *
   * @throws LoadTimeoutException if it has not ended when the miss has no time left
   * @throws LoadInterruptedException if this thread was interrupted
   */
  LoadOutcome await(Miss<K, V> miss, String text, Lookup.Taken taken) {
    stats.count(Stat.REMOTE_WAIT);
    return observers.around(Step.Kind.WAIT, "peer", 1, () -> outcome(miss, text, taken));
  }

  private LoadOutcome outcome(Miss<K, V> miss, String text, Lookup.Taken taken) {
    // Joined before the other process is asked to tell, so that no push can come too early.
    CompletableFuture<LoadOutcome> pushed = waits.join(text);
    try {
      long poll = FIRST_POLL_NANOS;
      boolean registered = false;
      while (true) {
        // Also if nothing is to be waited for: a key that is invalidated all the time has another
        // holder at each look.
        requireTimeLeft(miss);
        Optional<Duration> lease = registration.await(text, taken);
        if (lease.isEmpty() && !registered && !pushed.isDone()) {
          return lookAgain(taken);
        }
        registered = true;
        // What ended the lease told those who had registered: on another connection, which may be a
        // little slower. To look again at once may find a failure's time over, and load again.
        long nanos = lease.isPresent() ? Math.min(poll, lease.get().toNanos()) : pushGraceNanos;
        LoadOutcome outcome = next(pushed, Math.min(nanos, requireTimeLeft(miss)));
        if (outcome != null) {
          return outcome.token().equals(taken.token()) ? outcome : lookAgain(taken);
        }
        if (lease.isEmpty()) {
          return lookAgain(taken);
        }
        poll = Math.min(LONGEST_POLL_NANOS, poll * 2);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LoadInterruptedException(cache, miss.key(), e);
    } finally {
      waits.leave(text, pushed);
    }
  }

  private static LoadOutcome lookAgain(Lookup.Taken taken) {
    return new LoadOutcome.LookAgain(taken.token());
  }

  private static @Nullable LoadOutcome next(CompletableFuture<LoadOutcome> pushed, long nanos)
      throws InterruptedException {
    try {
      return pushed.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return null;
    } catch (ExecutionException e) {
      throw new AssertionError("a wait ends with an outcome, never with an exception", e);
    }
  }

  private long requireTimeLeft(Miss<K, V> miss) {
    long now = ticker.read();
    long left = miss.deadline() - now;
    if (left <= 0) {
      throw new LoadTimeoutException(cache, miss.key(), Duration.ofNanos(now - miss.beganAt()));
    }
    return left;
  }
}
