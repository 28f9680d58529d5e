package dev.corral;

import java.util.List;

/** Writes of a cache without a remote tier. */
final class LocalWrites<K, V> implements WritePath<K, V> {

  private final Flights<K, V> flights;
  private final Lifetimes<K, V> lifetimes;
  private final Entries<K, V> entries;
  private final Ticker ticker;

  LocalWrites(
      Flights<K, V> flights, Lifetimes<K, V> lifetimes, Entries<K, V> entries, Ticker ticker) {
    this.flights = flights;
    this.lifetimes = lifetimes;
    this.entries = entries;
    this.ticker = ticker;
  }

  @Override
  public void put(K key, V value) {
    Freshness freshness = lifetimes.of(key, value);
    if (freshness.isUncached()) {
      flights.doom(key);
      return;
    }
    long now = ticker.read();
    Loaded<V> given = new Loaded<>(value, freshness, false, now, now);
    flights.fill(key, entries.loaded(given, lifetimes.draw(freshness), 0));
  }

  @Override
  public void invalidate(List<K> keys) {
    keys.forEach(flights::doom);
  }

  @Override
  public void invalidateAll() {
    flights.doomAll();
  }
}
