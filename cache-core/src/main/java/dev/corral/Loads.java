package dev.corral;

import dev.corral.origin.LoadRequest;
import dev.corral.origin.Origin;
import dev.corral.origin.Priority;
import dev.corral.origin.Rejection;
import dev.corral.stats.Stat;
import dev.corral.stats.StatsCounter;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Calls loaders, on the current thread and within the limits of their origin, and tells their
 * failures apart.
 */
final class Loads<K, V> {

  private final String cache;
  private final Origin origin;
  private final Lifetimes<K, V> lifetimes;
  private final Tagging<K, V> tagging;
  private final Versions<K, V> versions;
  private final Ticker ticker;
  private final StatsCounter stats;
  private final Events<K, V> events;

  Loads(
      String cache,
      Origin origin,
      Lifetimes<K, V> lifetimes,
      Tagging<K, V> tagging,
      Versions<K, V> versions,
      Ticker ticker,
      StatsCounter stats,
      Events<K, V> events) {
    this.cache = cache;
    this.origin = origin;
    this.lifetimes = lifetimes;
    this.tagging = tagging;
    this.versions = versions;
    this.ticker = ticker;
    this.stats = stats;
    this.events = events;
  }

  /**
   * Calls the loader of a miss, as often as its origin allows.
   *
   * @param previous what the new value is to replace, if anything is known of it
   * @throws LoadFailedException if the loader threw an exception
   * @throws LoadRejectedException if the origin is to be spared; the loader was not called
   * @throws LoadInterruptedException if this thread was interrupted, which is nobody else's failure
   * @throws Error if the loader threw that
   */
  Loaded<V> load(Miss<K, V> miss, @Nullable Entry<V> previous) {
    List<K> keys = List.of(miss.key());
    return guarded(keys, miss, () -> counted(keys, () -> loadOnce(miss, previous)));
  }

  /**
   * Calls a bulk loader for several keys, and throws as {@link #load} does, naming the first of
   * them.
   *
   * @return what it returned for each of the keys, in their order
   */
  Map<K, Loaded<V>> loadAll(List<Miss<K, V>> misses, BulkLoader<K, V> loader) {
    List<K> keys = misses.stream().map(Miss::key).toList();
    return guarded(keys, misses.get(0), () -> counted(keys, () -> loadAllOnce(keys, loader)));
  }

  private Loaded<V> loadOnce(Miss<K, V> miss, @Nullable Entry<V> previous) throws Exception {
    K key = miss.key();
    LoadCall<V> call = new LoadCall<>(previous);
    Moment before = tagging.before(miss.loader());
    long startedAt = ticker.read();
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
  }

  private Map<K, Loaded<V>> loadAllOnce(List<K> keys, BulkLoader<K, V> loader) throws Exception {
    Moment before = tagging.before();
    long startedAt = ticker.read();
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
  }

  /** Has the origin decide when and how often an attempt is made, and tells the failures apart. */
  private <T> T guarded(List<K> keys, Miss<K, V> miss, Callable<T> attempt) {
    K first = keys.get(0);
    try {
      return origin.load(request(miss), attempt);
    } catch (Rejection e) {
      stats.count(Stat.LOAD_REJECTED);
      keys.forEach(key -> events.loadRejected(key, e.limit()));
      throw new LoadRejectedException(cache, first, origin.name(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LoadInterruptedException(cache, first, e);
    } catch (Exception e) {
      if (Thread.currentThread().isInterrupted()) {
        // Drivers wrap an interrupt in exceptions of their own. It is still this thread's
        // misfortune, and says nothing about the origin.
        InterruptedException interrupted = new InterruptedException(e.toString());
        interrupted.initCause(e);
        throw new LoadInterruptedException(cache, first, interrupted);
      }
      throw new LoadFailedException(cache, first, e);
    }
  }

  private LoadRequest request(Miss<K, V> miss) {
    return new LoadRequest(
        miss.isRefresh() ? Priority.REFRESH : Priority.MISS,
        Duration.ofNanos(Math.max(0, miss.deadline() - ticker.read())),
        Duration.ofNanos(miss.timeout()));
  }

  /** Makes an attempt, and counts it if it fails, unless that is due to an interrupt. */
  private <T> T counted(List<K> keys, Callable<T> attempt) throws Exception {
    long startedAt = ticker.read();
    try {
      return attempt.call();
    } catch (Throwable e) {
      boolean interrupted =
          e instanceof InterruptedException
              || (e instanceof Exception && Thread.currentThread().isInterrupted());
      if (!interrupted) {
        long cost = ticker.read() - startedAt;
        stats.count(Stat.LOAD_FAILURE);
        stats.count(Stat.LOAD_NANOS, cost);
        keys.forEach(key -> events.loadFailed(key, e, cost));
      }
      throw e;
    }
  }

  /** The failure of a loader that threw something which passes through to its caller. */
  LoadFailedException failed(K key, Error cause) {
    return new LoadFailedException(cache, key, cause);
  }

  private void countLoad(long startedAt, long endedAt) {
    stats.count(Stat.LOAD);
    stats.count(Stat.LOAD_NANOS, endedAt - startedAt);
  }
}
