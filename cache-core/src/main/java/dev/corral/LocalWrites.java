package dev.corral;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes of a cache without a remote tier. */
final class LocalWrites<K, V> implements WritePath<K, V> {

  private final Flights<K, V> flights;
  private final FailureMemory<K> failures;
  private final Lifetimes<K, V> lifetimes;
  private final Entries<K, V> entries;
  private final Ticker ticker;
  private final Events<K, V> events;
  private final Tagging<K, V> tagging;
  private final Versions<K, V> versions;
  private final Trust trust;
  private final WritesUnderWay<K> writes = new WritesUnderWay<>();

  LocalWrites(
      Flights<K, V> flights,
      FailureMemory<K> failures,
      Lifetimes<K, V> lifetimes,
      Entries<K, V> entries,
      Tagging<K, V> tagging,
      Versions<K, V> versions,
      Trust trust,
      Ticker ticker,
      Events<K, V> events) {
    this.flights = flights;
    this.failures = failures;
    this.lifetimes = lifetimes;
    this.entries = entries;
    this.ticker = ticker;
    this.events = events;
    this.tagging = tagging;
    this.versions = versions;
    this.trust = trust;
  }

  @Override
  public void put(K key, V value) {
    Freshness freshness = lifetimes.of(key, value);
    if (freshness.isUncached()) {
      invalidate(List.of(key), InvalidationOrigin.LOCAL);
      return;
    }
    Era era = trust.eras.of(0);
    EntryTags tags = tagging.tags(tagging.before(), key, value, List.of());
    writes.disturb(key);
    flights.fill(key, entry(value, freshness, tags, era));
    failures.pardon(key);
    events.invalidated(key, InvalidationOrigin.LOCAL);
  }

  @Override
  public <X extends Exception> void write(K key, V value, Change<X> change) throws X {
    Freshness freshness = lifetimes.of(key, value);
    Long version = versions.of(value);
    if (freshness.isUncached()) {
      change(
          key,
          () -> {
            change.run();
            versions.leave(key, version);
          });
      return;
    }
    Era era = trust.eras.of(0);
    EntryTags tags = tagging.tags(tagging.before(), key, value, List.of());
    Object token = writes.begin(key);
    boolean done = false;
    try {
      change.run();
      done = true;
    } finally {
      if (done) {
        versions.leave(key, version);
        // One step for the question and the answer: an invalidation in between would be undone.
        flights.fillOrDoom(
            key,
            entry(value, freshness, tags, era),
            () -> writes.end(key, token) && !versions.outdate(key, version));
        failures.pardon(key);
        events.invalidated(key, InvalidationOrigin.LOCAL);
      } else {
        invalidate(List.of(key), InvalidationOrigin.LOCAL);
      }
    }
  }

  @Override
  public <X extends Exception> void change(K key, Change<X> change) throws X {
    try {
      change.run();
    } finally {
      invalidate(List.of(key), InvalidationOrigin.LOCAL);
    }
  }

  @Override
  public void invalidate(List<K> keys, InvalidationOrigin origin) {
    keys.forEach(writes::disturb);
    keys.forEach(flights::doom);
    keys.forEach(failures::pardon);
    keys.forEach(key -> events.invalidated(key, origin));
  }

  @Override
  public void invalidate(K key, long version, InvalidationOrigin origin) {
    versions.leave(key, version);
    invalidate(List.of(key), origin);
  }

  @Override
  public void invalidateAll(InvalidationOrigin origin) {
    writes.disturbAll();
    flights.doomAll();
    failures.pardonAll();
    events.invalidatedAll(origin);
  }

  @Override
  public void invalidateTag(String tag, InvalidationOrigin origin) {
    trust.voidTag(tag);
    events.tagInvalidated(tag, origin);
  }

  @Override
  public int pending() {
    return 0;
  }

  private Entry<V> entry(V value, Freshness freshness, @Nullable EntryTags tags, Era era) {
    long now = ticker.read();
    Loaded<V> given = new Loaded<>(value, freshness, false, now, now, tags, null);
    return entries.loaded(given, lifetimes.draw(freshness), 0, era);
  }
}
