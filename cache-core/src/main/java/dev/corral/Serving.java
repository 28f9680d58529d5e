package dev.corral;

import dev.corral.stats.Stat;
import dev.corral.stats.StatsCounter;
import org.jspecify.annotations.Nullable;

/**
 * What a caller gets whom a calm entry of the local tier does not answer: a value that is about to
 * be refreshed, or is stale, maybe after a short wait for a fresh one, or what the way of a miss
 * comes by. Blocks as {@link TieredCache} says.
 */
final class Serving<K, V> {

  private final FlightStage<K, V> missPath;
  private final Stage<K, V> way;
  private final ApartStage<K, V> apart;
  private final OwnChanges<K> ownChanges;
  private final Refresher<K, V> refresher;
  private final Lifecycle lifecycle;
  private final Ticker ticker;
  private final long loadTimeoutNanos;
  private final long softTimeoutNanos;
  private final StatsCounter stats;
  private final Events<K, V> events;

  Serving(Config<K, V> config, Wiring<K, V> wiring, OwnChanges<K> ownChanges) {
    this.missPath = wiring.missPath;
    this.way = wiring.way;
    this.apart = wiring.apart;
    this.ownChanges = ownChanges;
    this.refresher = wiring.refresher;
    this.lifecycle = wiring.lifecycle;
    this.ticker = config.ticker();
    this.loadTimeoutNanos = config.loadTimeout().toNanos();
    this.softTimeoutNanos = config.softTimeout().toNanos();
    this.stats = wiring.stats;
    this.events = wiring.events;
  }

  /** Returns the value of an entry that may be served, and has it refreshed if it is time. */
  @Nullable V serve(K key, Entry<V> entry, long now, ContextLoader<? super K, V> loader) {
    if (entry.isFreshAt(now)) {
      stats.count(Stat.LOCAL_HIT);
    } else {
      stats.count(Stat.STALE_HIT);
      events.staleServed(key, now - entry.freshUntil());
    }
    refresher.consider(key, entry, now, loader);
    return entry.value;
  }

  /** As {@link #serve}, but waits a little for a fresh value if the one at hand is stale. */
  @Nullable V serveSoftly(
      K key, Entry<V> entry, long now, long maxAgeNanos, ContextLoader<? super K, V> loader) {
    if (softTimeoutNanos == 0 || entry.isFreshAt(now)) {
      return serve(key, entry, now, loader);
    }
    refresher.consider(key, entry, now, loader);
    Entry<V> fresh = awaitFresh(key, entry, softTimeoutNanos, maxAgeNanos, loader);
    long later = ticker.read();
    if (fresh == null && !entry.isGoneAt(later)) {
      return serve(key, entry, later, loader);
    }
    lifecycle.requireOpen();
    stats.count(Stat.MISS);
    // Began when the wait did: that is part of the time that it has.
    Miss<K, V> miss = Miss.read(key, loader, now, loadTimeoutNanos, maxAgeNanos, entry);
    return fresh == null ? resolve(miss) : fresh.value;
  }

  private @Nullable Entry<V> awaitFresh(
      K key,
      Entry<V> stale,
      long timeoutNanos,
      long maxAgeNanos,
      ContextLoader<? super K, V> loader) {
    return missPath.awaitFresh(
        Miss.read(key, loader, ticker.read(), timeoutNanos, maxAgeNanos, stale));
  }

  /** Returns the miss of a caller who begins to wait now. */
  Miss<K, V> miss(
      K key, long maxAgeNanos, ContextLoader<? super K, V> loader, @Nullable Entry<V> held) {
    lifecycle.requireOpen();
    return Miss.read(key, loader, ticker.read(), loadTimeoutNanos, maxAgeNanos, held);
  }

  /** The same of a get, which counts. */
  Miss<K, V> countedMiss(
      K key, long maxAgeNanos, ContextLoader<? super K, V> loader, @Nullable Entry<V> held) {
    Miss<K, V> miss = miss(key, maxAgeNanos, loader, held);
    stats.count(Stat.MISS);
    return miss;
  }

  /** Returns the value that a miss comes by. */
  @Nullable V resolve(Miss<K, V> miss) {
    Entry<V> entry = (ownChanges.has(miss.key()) ? apart : way).resolve(miss).entry();
    if (softTimeoutNanos > 0 && entry.isStaleAt(ticker.read())) {
      refresher.consider(miss.key(), entry, ticker.read(), miss.loader());
      long left = Math.min(softTimeoutNanos, miss.deadline() - ticker.read());
      Entry<V> fresh = awaitFresh(miss.key(), entry, left, Miss.ANY_AGE, miss.loader());
      if (fresh != null) {
        return fresh.value;
      }
    }
    found(miss, entry);
    return entry.value;
  }

  /** Has an entry refreshed that was found stale in the remote tier. */
  void found(Miss<K, V> miss, Entry<V> entry) {
    long now = ticker.read();
    if (entry.isStaleAt(now)) {
      stats.count(Stat.STALE_MISS);
      events.staleServed(miss.key(), now - entry.freshUntil());
      refresher.consider(miss.key(), entry, now, miss.loader());
    }
  }
}
