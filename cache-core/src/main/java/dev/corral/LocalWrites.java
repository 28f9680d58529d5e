package dev.corral;

import java.util.List;

/** Writes of a cache without a remote tier. */
final class LocalWrites<K, V> implements WritePath<K, V> {

  private final Flights<K, V> flights;
  private final Lifetimes<K, V> lifetimes;
  private final Entries<K, V> entries;
  private final Ticker ticker;
  private final Events<K, V> events;

  LocalWrites(
      Flights<K, V> flights,
      Lifetimes<K, V> lifetimes,
      Entries<K, V> entries,
      Ticker ticker,
      Events<K, V> events) {
    this.flights = flights;
    this.lifetimes = lifetimes;
    this.entries = entries;
    this.ticker = ticker;
    this.events = events;
  }

  @Override
  public void put(K key, V value) {
    Freshness freshness = lifetimes.of(key, value);
    if (freshness.isUncached()) {
      invalidate(List.of(key));
      return;
    }
    long now = ticker.read();
    Loaded<V> given = new Loaded<>(value, freshness, false, now, now);
    flights.fill(key, entries.loaded(given, lifetimes.draw(freshness), 0, Era.ONLY));
    events.invalidated(key, InvalidationOrigin.LOCAL);
  }

  @Override
  public void invalidate(List<K> keys) {
    keys.forEach(flights::doom);
    keys.forEach(key -> events.invalidated(key, InvalidationOrigin.LOCAL));
  }

  @Override
  public void invalidateAll() {
    flights.doomAll();
    events.invalidatedAll(InvalidationOrigin.LOCAL);
  }
}
