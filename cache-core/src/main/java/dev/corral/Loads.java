package dev.corral;

import dev.corral.stats.Stat;
import dev.corral.stats.StatsCounter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls loaders, on the current thread, and tells their failures apart. */
final class Loads<K, V> {

  private final String cache;
  private final Lifetimes<K, V> lifetimes;
  private final Tagging<K, V> tagging;
  private final Versions<K, V> versions;
  private final Ticker ticker;
  private final StatsCounter stats;
  private final Events<K, V> events;

  Loads(
      String cache,
      Lifetimes<K, V> lifetimes,
      Tagging<K, V> tagging,
      Versions<K, V> versions,
      Ticker ticker,
      StatsCounter stats,
      Events<K, V> events) {
    this.cache = cache;
    this.lifetimes = lifetimes;
    this.tagging = tagging;
    this.versions = versions;
    this.ticker = ticker;
    this.stats = stats;
    this.events = events;
  }

  /**
   * Calls the loader of a miss.
   *
   * @param previous what the new value is to replace, if anything is known of it
   * @throws LoadFailedException if the loader threw an exception
   * @throws LoadInterruptedException if this thread was interrupted, which is nobody else's failure
   * @throws Error if the loader threw that
   */
  Loaded<V> load(Miss<K, V> miss, @Nullable Entry<V> previous) {
    K key = miss.key();
    LoadCall<V> call = new LoadCall<>(previous);
    Moment before = tagging.before(miss.loader());
    long startedAt = ticker.read();
    try {
      V value = miss.loader().load(key, call);
      long endedAt = ticker.read();
      Freshness chosen = call.chosen();
      // A confirmed value goes on as it was, unless the loader decided otherwise.
      boolean notModified = chosen == null && call.confirms(value);
      Freshness freshness = chosen != null ? chosen : lifetimes.of(key, value);
      EntryTags tags = tagging.tags(before, key, value, call.tags(value));
      Long version = versions.of(value);
      countLoad(startedAt, endedAt);
      events.loaded(key, value, endedAt - startedAt);
      return new Loaded<>(value, freshness, notModified, startedAt, endedAt, tags, version);
    } catch (Exception e) {
      throw failure(List.of(key), startedAt, e);
    } catch (Error e) {
      countFailure(List.of(key), startedAt, e);
      throw e;
    }
  }

  /**
   * Calls a bulk loader once for several keys, and throws as {@link #load} does, naming the first
   * of them.
   *
   * @return what it returned for each of the keys, in their order
   */
  Map<K, Loaded<V>> loadAll(List<K> keys, BulkLoader<K, V> loader) {
    Moment before = tagging.before();
    long startedAt = ticker.read();
    try {
      Map<? extends K, ? extends V> values =
          loader.loadAll(Collections.unmodifiableSet(new LinkedHashSet<>(keys)));
      long endedAt = ticker.read();
      Map<K, Loaded<V>> loaded = new LinkedHashMap<>();
      for (K key : keys) {
        V value = values.get(key);
        Freshness freshness = lifetimes.of(key, value);
        EntryTags tags = tagging.tags(before, key, value, List.of());
        Long version = versions.of(value);
        loaded.put(key, new Loaded<>(value, freshness, false, startedAt, endedAt, tags, version));
      }
      countLoad(startedAt, endedAt);
      loaded.forEach((key, each) -> events.loaded(key, each.value(), each.costNanos()));
      return loaded;
    } catch (Exception e) {
      throw failure(keys, startedAt, e);
    } catch (Error e) {
      countFailure(keys, startedAt, e);
      throw e;
    }
  }

  /** The failure of a loader that threw something which passes through to its caller. */
  LoadFailedException failed(K key, Error cause) {
    return new LoadFailedException(cache, key, cause);
  }

  private CorralException failure(List<K> keys, long startedAt, Exception cause) {
    K first = keys.get(0);
    if (cause instanceof InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new LoadInterruptedException(cache, first, interrupted);
    }
    if (Thread.currentThread().isInterrupted()) {
      // Drivers wrap an interrupt in exceptions of their own. It is still this thread's misfortune,
      // and says nothing about the origin.
      InterruptedException interrupted = new InterruptedException(cause.toString());
      interrupted.initCause(cause);
      return new LoadInterruptedException(cache, first, interrupted);
    }
    countFailure(keys, startedAt, cause);
    return new LoadFailedException(cache, first, cause);
  }

  private void countLoad(long startedAt, long endedAt) {
    stats.count(Stat.LOAD);
    stats.count(Stat.LOAD_NANOS, endedAt - startedAt);
  }

  private void countFailure(List<K> keys, long startedAt, Throwable cause) {
    long cost = ticker.read() - startedAt;
    stats.count(Stat.LOAD_FAILURE);
    stats.count(Stat.LOAD_NANOS, cost);
    keys.forEach(key -> events.loadFailed(key, cause, cost));
  }
}
