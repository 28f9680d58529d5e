package dev.corral;

import dev.corral.Resolved.Standing;
import dev.corral.observe.Step;
import dev.corral.stats.Stat;
import dev.corral.stats.StatsCounter;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads values anew in the background while they are being served: when they are stale, and, with
 * {@code refreshAhead}, by chance a little before.
 *
 * <p>Refreshing ahead follows XFetch (Vattani, Chierichetti, Lowenstein: Optimal Probabilistic
 * Cache Stampede Prevention, VLDB 2015): an entry is due when {@code cost × beta × −ln(random)}
 * exceeds the time that it has left.
 */
final class Refresher<K, V> {

  private static final Logger LOG = LoggerFactory.getLogger(TieredCache.class);

  private final Flights<K, V> flights;
  private final FlightStage<K, V> missPath;
  private final RefreshPauses pauses;
  private final Executor executor;
  private final Ticker ticker;
  private final DoubleSupplier random;
  private final double beta;
  private final long timeoutNanos;
  private final StatsCounter stats;
  private final Events<K, V> events;
  private final Observers observers;

  Refresher(
      Config<K, V> config,
      Flights<K, V> flights,
      FlightStage<K, V> missPath,
      RefreshPauses pauses,
      Executor executor,
      StatsCounter stats,
      Events<K, V> events,
      Observers observers) {
    this.flights = flights;
    this.missPath = missPath;
    this.pauses = pauses;
    this.executor = executor;
    this.ticker = config.ticker();
    this.random = config.random();
    this.beta = config.refreshAheadBeta();
    this.timeoutNanos = config.loadTimeout().toNanos();
    this.stats = stats;
    this.events = events;
    this.observers = observers;
  }

  /** Starts a refresh of an entry that was just served, if it is due and none is under way. */
  void consider(K key, Entry<V> entry, long now, ContextLoader<? super K, V> loader) {
    RefreshPause pause = entry.pause();
    boolean paused = pause != null && !pause.isOverAt(now);
    if (!paused && isDue(entry, now) && !isUnderWay(key, now)) {
      start(key, entry, now, loader);
    }
  }

  private boolean isUnderWay(K key, long now) {
    Flight<K, V> flight = flights.underWay(key);
    if (flight != null && flight.isOverdueAt(now)) {
      // It hangs, or its task was lost, and while there is something to serve, nobody else gives it
      // up.
      flights.remove(flight);
      return false;
    }
    return flight != null;
  }

  private boolean isDue(Entry<V> entry, long now) {
    if (!entry.isFreshAt(now)) {
      return true;
    }
    if (entry.isCalmAt(now)) {
      return false;
    }
    // 1 - random is in (0, 1]: the logarithm of zero must not be asked for.
    double earliness = beta * -Math.log(1 - random.getAsDouble());
    return entry.costNanos() * earliness >= entry.freshUntil() - now;
  }

  private void start(K key, Entry<V> entry, long now, ContextLoader<? super K, V> loader) {
    Flight<K, V> flight = flights.openIfNone(key, now + timeoutNanos);
    if (flight == null) {
      return;
    }
    try {
      executor.execute(() -> run(flight, entry, loader));
    } catch (RejectedExecutionException e) {
      // Refreshes are the first to go when there is too much to do; the next hit tries again.
      stats.count(Stat.REFRESH_DROPPED);
      giveUp(flight);
    } catch (Throwable e) {
      // The executor is the user's. Whatever it threw, the hit has its value; an error is for its
      // thread to know.
      if (giveUp(flight)) {
        stats.count(Stat.REFRESH_DROPPED);
      }
      if (e instanceof Error error) {
        throw error;
      }
      LOG.debug("A refresh of key {} found no thread", key, e);
    }
  }

  /** Ends a flight that nobody leads: a caller who does by now, or a task that ran, ends it. */
  private boolean giveUp(Flight<K, V> flight) {
    boolean unled = flight.tryStart(ticker.read());
    if (unled) {
      missPath.abandon(flight);
    }
    return unled;
  }

  private void run(Flight<K, V> flight, Entry<V> entry, ContextLoader<? super K, V> loader) {
    K key = flight.key();
    // Only now: the wait for a thread takes nothing off the time that the load has.
    Miss<K, V> refresh = Miss.refresh(key, loader, ticker.read(), timeoutNanos, entry);
    if (!flight.tryStart(refresh.deadline())) {
      // A caller could not wait for this thread to become free, and leads it.
      return;
    }
    if (!flights.has(flight)) {
      // Doomed while it waited for a thread: nobody wants it any more.
      missPath.abandon(flight);
      return;
    }
    stats.count(Stat.REFRESH);
    events.refreshStarted(key);
    try {
      Resolved<V> resolved =
          observers.around(Step.Kind.REFRESH, "refresh", 1, () -> missPath.lead(flight, refresh));
      if (resolved.standing() == Standing.OUTDATED) {
        // The replica will need a while to catch up: no hit of the value is to ask it at once.
        entry.pauseRefreshes(pauses.forLoadOfCost(resolved.entry().costNanos()));
      }
    } catch (LoadFailedException e) {
      entry.pauseRefreshes(pauses.afterFailure(e, e.retryAfter().orElse(null), entry.pause()));
    } catch (LoadRejectedException e) {
      stats.count(Stat.REFRESH_DROPPED);
      entry.pauseRefreshes(pauses.afterRejection(e.retryAfter()));
    } catch (Error e) {
      entry.pauseRefreshes(pauses.afterFailure(e, null, entry.pause()));
      throw e;
    } catch (LoadTimeoutException | LoadInterruptedException e) {
      LOG.debug("A refresh of key {} was given up", key, e);
    }
  }
}
