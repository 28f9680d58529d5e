package dev.corral;

import dev.corral.observe.Step;
import dev.corral.origin.LoadRequest;
import dev.corral.origin.Origin;
import dev.corral.origin.Priority;
import dev.corral.origin.Rejection;
import dev.corral.stats.Stat;
import dev.corral.stats.StatsCounter;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
  private final Observers observers;

  Loads(
      String cache,
      Origin origin,
      Lifetimes<K, V> lifetimes,
      Tagging<K, V> tagging,
      Versions<K, V> versions,
      Ticker ticker,
      StatsCounter stats,
      Events<K, V> events,
      Observers observers) {
    this.cache = cache;
    this.origin = origin;
    this.lifetimes = lifetimes;
    this.tagging = tagging;
    this.versions = versions;
    this.ticker = ticker;
    this.stats = stats;
    this.events = events;
    this.observers = observers;
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
    return guarded(keys, miss, () -> counted("load", keys, () -> loadOnce(miss, previous)));
  }

  /**
   * Calls a bulk loader for several keys, as often as their origin allows; each time for those that
   * were not loaded yet.
   *
   * @throws LoadRejectedException if the origin is to be spared; naming the first key
   * @throws LoadInterruptedException if this thread was interrupted
   * @throws Error if the loader threw that
   */
  BulkLoaded<K, V> loadAll(List<Miss<K, V>> misses, BulkLoader<K, V> loader) {
    List<K> keys = misses.stream().map(Miss::key).toList();
    Set<K> open = new LinkedHashSet<>(keys);
    Map<K, Loaded<V>> loaded = new LinkedHashMap<>();
    try {
      guarded(
          keys,
          misses.get(0),
          () -> counted("loadAll", open, () -> loadOpen(open, loader, loaded)));
      return new BulkLoaded<>(loaded, Map.of());
    } catch (LoadFailedException e) {
      Throwable cause = Objects.requireNonNull(e.getCause());
      Map<K, LoadFailedException> failed = new LinkedHashMap<>();
      open.forEach(key -> failed.put(key, new LoadFailedException(cache, key, of(key, cause))));
      return new BulkLoaded<>(loaded, failed);
    }
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

  /** Loads what is still open, and takes out of it what was loaded, even if it fails for others. */
  private boolean loadOpen(Set<K> open, BulkLoader<K, V> loader, Map<K, Loaded<V>> loaded)
      throws Exception {
    Set<K> asked = Collections.unmodifiableSet(new LinkedHashSet<>(open));
    Moment before = tagging.before();
    long startedAt = ticker.read();
    try {
      Map<? extends K, ? extends V> values = loader.loadAll(asked);
      long endedAt = ticker.read();
      keep(measured(asked, values, before, startedAt, endedAt), open, loaded);
      countLoad(startedAt, endedAt);
      return true;
    } catch (PartialLoadException e) {
      Set<K> done = new LinkedHashSet<>(asked);
      done.removeAll(e.failures().keySet());
      keep(measured(done, e.values(), before, startedAt, ticker.read()), open, loaded);
      throw e;
    }
  }

  /** Nothing counts as loaded before all is measured: functions of the user's own may throw. */
  private Map<K, Loaded<V>> measured(
      Set<K> keys, Map<?, ?> values, @Nullable Moment before, long startedAt, long endedAt) {
    Map<K, Loaded<V>> measured = new LinkedHashMap<>();
    for (K key : keys) {
      // What is of another class fails where it is used, as it would with any map.
      @SuppressWarnings("unchecked")
      V value = (V) values.get(key);
      Freshness freshness = lifetimes.of(key, value);
      EntryTags tags = tagging.tags(before, key, value, List.of());
      Long version = versions.of(value);
      measured.put(key, new Loaded<>(value, freshness, false, startedAt, endedAt, tags, version));
    }
    return measured;
  }

  private void keep(Map<K, Loaded<V>> measured, Set<K> open, Map<K, Loaded<V>> loaded) {
    loaded.putAll(measured);
    open.removeAll(measured.keySet());
    measured.forEach((key, each) -> events.loaded(key, each.value(), each.costNanos()));
  }

  /** Returns why a key was not loaded. */
  private static Throwable of(Object key, Throwable failure) {
    return failure instanceof PartialLoadException partial
        ? partial.failures().getOrDefault(key, partial)
        : failure;
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
  private <T> T counted(String name, Collection<K> keys, Callable<T> attempt) throws Exception {
    long startedAt = ticker.read();
    try {
      return observers.around(Step.Kind.LOAD, name, keys.size(), attempt::call);
    } catch (Throwable e) {
      boolean interrupted =
          e instanceof InterruptedException
              || (e instanceof Exception && Thread.currentThread().isInterrupted());
      if (!interrupted) {
        long cost = ticker.read() - startedAt;
        stats.count(Stat.LOAD_FAILURE);
        stats.count(Stat.LOAD_NANOS, cost);
        keys.forEach(key -> events.loadFailed(key, of(key, e), cost));
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
