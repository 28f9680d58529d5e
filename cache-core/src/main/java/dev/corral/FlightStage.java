package dev.corral;

import dev.corral.Resolved.Standing;
import dev.corral.observe.Step;
import dev.corral.stats.Stat;
import dev.corral.stats.StatsCounter;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets one thread per key go on to the next stage; the others wait for what it comes by. */
final class FlightStage<K, V> implements Stage<K, V> {

  private final String cache;
  private final LocalTier<K, V> local;
  private final Flights<K, V> flights;
  private final Trust trust;
  private final Ticker ticker;
  private final StatsCounter stats;
  private final Observers observers;
  private final Stage<K, V> next;

  FlightStage(
      String cache,
      LocalTier<K, V> local,
      Flights<K, V> flights,
      Trust trust,
      Ticker ticker,
      StatsCounter stats,
      Observers observers,
      Stage<K, V> next) {
    this.cache = cache;
    this.local = local;
    this.flights = flights;
    this.trust = trust;
    this.ticker = ticker;
    this.stats = stats;
    this.observers = observers;
    this.next = next;
  }

  @Override
  public Resolved<V> resolve(Miss<K, V> miss) {
    while (true) {
      Flight<K, V> flight = flights.join(miss.key());
      if (flight.tryStart(ticker.read() + miss.timeout())) {
        return lead(flight, miss);
      }
      Resolved<V> shared = waitFor(flight, miss);
      if (shared != null) {
        return shared;
      }
      requireTimeLeft(miss);
    }
  }

  /**
   * Resolves a miss as the leader of a flight, and ends the flight however that goes.
   *
   * @param flight started by the current thread
   */
  Resolved<V> lead(Flight<K, V> flight, Miss<K, V> miss) {
    try {
      Resolved<V> resolved = resolveAlone(miss);
      land(flight, resolved);
      return resolved;
    } catch (LoadFailedException e) {
      fail(flight, e);
      throw e;
    } catch (LoadRejectedException e) {
      if (!miss.isRefresh()) {
        fail(flight, e);
      }
      // Else a miss that waits for it tries for itself: it may queue where a refresh may not.
      throw e;
    } catch (Error e) {
      fail(flight, new LoadFailedException(cache, miss.key(), e));
      throw e;
    } finally {
      // Does nothing to a flight that has ended. Anything else that was thrown is the leader's own
      // misfortune: those who wait elect another.
      abandon(flight);
    }
  }

  /** Ends a flight with an entry. */
  void land(Flight<K, V> flight, Resolved<V> resolved) {
    // Before the flight ends, so that whoever comes late finds one or the other.
    if (resolved.standing() == Standing.KEPT) {
      flights.land(flight, resolved.entry());
    } else if (resolved.standing() == Standing.PASSING) {
      flights.landEmpty(flight);
    }
    end(flight, new Flight.Outcome.Arrived<>(resolved));
  }

  /** Ends a flight with a failure, which is that of all who wait for it. */
  void fail(Flight<K, V> flight, CorralException failure) {
    end(flight, new Flight.Outcome.Failed<>(failure));
  }

  /** Ends a flight without an outcome: whoever still waits elects another leader. */
  void abandon(Flight<K, V> flight) {
    end(flight, new Flight.Outcome.Abandoned<>());
  }

  private void end(Flight<K, V> flight, Flight.Outcome<V> outcome) {
    flights.remove(flight);
    flight.end(outcome);
  }

  private Resolved<V> resolveAlone(Miss<K, V> miss) {
    Entry<V> landed = findLanded(miss);
    return landed != null ? Resolved.kept(landed) : next.resolve(miss);
  }

  /**
   * Returns what an earlier flight may have landed between the caller's look at the local tier and
   * the start of its own flight, or null.
   */
  @Nullable Entry<V> findLanded(Miss<K, V> miss) {
    Entry<V> landed = local.find(miss.key());
    return landed != null && trust.in(landed) && miss.accepts(landed, ticker.read())
        ? landed
        : null;
  }

  /**
   * Waits for a load that is under way, until the deadline of a miss that has something to serve
   * already; returns a fresh entry that this brought, or null.
   */
  @Nullable Entry<V> awaitFresh(Miss<K, V> miss) {
    Flight<K, V> flight = flights.underWay(miss.key());
    if (flight == null || flight.isLedByCurrentThread()) {
      return fresh(findLanded(miss));
    }
    stats.count(Stat.COALESCED);
    try {
      return await(flight, miss) instanceof Flight.Outcome.Arrived<V> arrived
              && isFor(miss, arrived.resolved())
          ? fresh(arrived.resolved().entry())
          : null;
    } catch (LoadInterruptedException e) {
      // The flag is set again, and this caller need not go without.
      return null;
    }
  }

  private @Nullable Entry<V> fresh(@Nullable Entry<V> entry) {
    return entry != null && entry.isFreshAt(ticker.read()) ? entry : null;
  }

  /** Returns what the flight's leader came by, or null if that is not for this caller. */
  private @Nullable Resolved<V> waitFor(Flight<K, V> flight, Miss<K, V> miss) {
    if (flight.isLedByCurrentThread()) {
      throw new IllegalStateException(
          "The loader of key " + miss.key() + " of cache " + cache + " asked for its own key");
    }
    stats.count(Stat.COALESCED);
    Flight.Outcome<V> outcome = await(flight, miss);
    if (outcome instanceof Flight.Outcome.Arrived<V> arrived) {
      return arrived(miss, arrived.resolved());
    }
    if (outcome instanceof Flight.Outcome.Failed<V> failed) {
      throw failed.failure().forAnotherCaller();
    }
    if (outcome == null && flight.isOverdueAt(ticker.read())) {
      // The leader hangs. Its flight is given up, so that the next caller may load.
      flights.remove(flight);
    }
    return null;
  }

  private @Nullable Resolved<V> arrived(Miss<K, V> miss, Resolved<V> resolved) {
    if (!isFor(miss, resolved)) {
      return null;
    }
    if (resolved.found()) {
      stats.count(Stat.REMOTE_HIT_SHARED);
    }
    return resolved;
  }

  private Flight.@Nullable Outcome<V> await(Flight<K, V> flight, Miss<K, V> miss) {
    long now = ticker.read();
    try {
      long left = Math.min(miss.deadline() - now, flight.leftAt(now));
      return observers
          .around(Step.Kind.WAIT, "thread", 1, () -> Optional.ofNullable(flight.await(left)))
          .orElse(null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LoadInterruptedException(cache, miss.key(), e);
    }
  }

  private boolean isFor(Miss<K, V> miss, Resolved<V> resolved) {
    long sinceAsked = resolved.entry().loadedAt - miss.beganAt();
    if (resolved.standing() == Standing.REFUSED) {
      // Fine for who asked before the load began. Who joined later may have asked after the
      // invalidation that caused the refusal.
      return sinceAsked >= 0;
    }
    if (!trust.inTagsOf(resolved.entry())) {
      // The same, but a tag can be invalidated in the same instant: no round trip lies in between.
      return sinceAsked > 0;
    }
    return miss.isYoungEnough(resolved.entry());
  }

  private void requireTimeLeft(Miss<K, V> miss) {
    long now = ticker.read();
    if (now - miss.deadline() >= 0) {
      throw new LoadTimeoutException(cache, miss.key(), Duration.ofNanos(now - miss.beganAt()));
    }
  }
}
