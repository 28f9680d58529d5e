package dev.corral;

import dev.corral.codec.CodecException;
import dev.corral.origin.Origin;
import dev.corral.stats.CacheStats;
import dev.corral.stats.Stat;
import dev.corral.stats.StatsCounter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A loading cache in front of an origin such as a database. {@link #get get(key, loader)} replaces
 * a direct read; while a key is being loaded, by whichever thread of whichever process, everybody
 * who wants it waits for that one load and gets its outcome.
 *
 * <pre>{@code
 * TieredCache<Long, Product> products = TieredCache.<Long, Product>builder("products")
 *     .freshFor(Duration.ofMinutes(5))
 *     .staleFor(Duration.ofHours(1))
 *     .remote(redis, JacksonCodec.of(Product.class))
 *     .build();
 *
 * Product product = products.get(42L, repository::find);
 * }</pre>
 *
 * <p>The values are the user's own objects, shared by all who ask: they must not be changed. Keys
 * need {@code equals} and {@code hashCode}. Neither may be null; that the origin has no value for a
 * key is told by null from a loader, and to callers by null from {@code get}.
 *
 * <p>Thread-safe. A fresh or stale local entry is returned at once, without a lock or a remote
 * call. Everything else blocks as its method says, on the calling thread alone, and never longer
 * than the load timeout, save that a loader which runs on the calling thread runs to its end.
 */
public final class TieredCache<K, V> implements AutoCloseable {

  private final Config<K, V> config;
  private final StatsCounter stats;
  private final Ticker ticker;
  private final HitClock hitClock;
  private final LocalTier<K, V> local;
  private final Trust trust;
  private final Stage<K, V> way;
  private final ApartStage<K, V> apart;
  private final Supplier<BulkPath<K, V>> bulkPath;
  private final Serving<K, V> serving;
  private final WritePath<K, V> writes;
  private final OwnChanges<K> ownChanges = new OwnChanges<>();
  private final Executor executor;
  private final Lifecycle lifecycle;
  private final Explainer<K, V> explainer;
  private final @Nullable FreshRead<K, V> freshRead;
  private final Supplier<CacheHealth> health;

  TieredCache(Config<K, V> config) {
    Wiring<K, V> wiring = new Wiring<>(config);
    this.config = config;
    this.stats = wiring.stats;
    this.ticker = config.ticker();
    this.hitClock = wiring.hitClock;
    this.local = wiring.local;
    this.trust = wiring.trust;
    this.way = wiring.way;
    this.apart = wiring.apart;
    this.bulkPath = wiring.bulkPath;
    this.serving = new Serving<>(config, wiring, ownChanges);
    this.writes = wiring.writes;
    this.executor = wiring.threads.executor();
    this.lifecycle = wiring.lifecycle;
    this.explainer = wiring.explainer;
    this.freshRead = wiring.freshRead;
    this.health = wiring::health;
  }

  /**
   * Begins a cache.
   *
   * @param name letters, digits, {@code .}, {@code _} and {@code -}, from 1 to 48 of them; caches
   *     of one name that share a remote store share their values
   */
  public static <K, V> CacheBuilder<K, V> builder(String name) {
    return new CacheBuilder<>(name);
  }

  /**
   * Returns a cache that caches nothing, for tests, and for an application that is to run without:
   * each {@code get} calls its loader, {@code getAll} its bulk loader in batches of {@link
   * CacheBuilder#maximumBatchSize(int)}, and nobody shares a load or waits for one. Everything else
   * is the same: what is refused and thrown, absent values, writers, listeners, {@code close}. See
   * {@link CacheBuilder#disabled}.
   *
   * @param name as in {@link #builder}
   */
  public static <K, V> TieredCache<K, V> disabled(String name) {
    return TieredCache.<K, V>builder(name).freshFor(Duration.ofSeconds(1)).disabled(true).build();
  }

  /** Returns whether this cache was {@linkplain CacheBuilder#disabled switched off}. */
  public boolean isDisabled() {
    return config.passThrough();
  }

  /** Returns the name that this cache was built with. */
  public String name() {
    return config.name();
  }

  /**
   * Returns the value of a key, which is loaded if neither tier has one that may be served. A stale
   * value is returned at once, or after a {@linkplain CacheBuilder#softTimeout short wait} for a
   * fresh one, and loaded anew in the background.
   *
   * @return null if the origin has no value
   * @throws LoadFailedException if the load failed, whoever ran it, or did so a moment ago
   * @throws LoadRejectedException if the {@linkplain CacheBuilder#origin origin} is to be spared
   * @throws LoadTimeoutException if somebody else's load did not end in time
   * @throws LoadInterruptedException if this thread was interrupted
   * @throws IllegalStateException if this is called by the loader of the same key, or the cache is
   *     closed
   * @throws IllegalArgumentException if the remote tier has no name for such a key: see {@link
   *     CacheBuilder#keys}
   */
  public @Nullable V get(K key, Loader<? super K, ? extends V> loader) {
    Objects.requireNonNull(loader, "loader");
    Entry<V> entry = local.find(key);
    if (entry != null && trust.in(entry)) {
      if (entry.isCalmAt(hitClock.read())) {
        stats.count(Stat.LOCAL_HIT);
        return entry.value;
      }
      long now = ticker.read();
      if (!entry.isGoneAt(now)) {
        return serving.serveSoftly(key, entry, now, Miss.ANY_AGE, inContext(loader));
      }
    }
    return serving.resolve(serving.countedMiss(key, Miss.ANY_AGE, inContext(loader), entry));
  }

  /** As {@link #get(Object, Loader)}, with a loader that sees what it replaces. */
  public @Nullable V get(K key, ContextLoader<? super K, V> loader) {
    Objects.requireNonNull(loader, "loader");
    Entry<V> entry = local.find(key);
    if (entry != null && trust.in(entry)) {
      if (entry.isCalmAt(hitClock.read())) {
        stats.count(Stat.LOCAL_HIT);
        return entry.value;
      }
      long now = ticker.read();
      if (!entry.isGoneAt(now)) {
        return serving.serveSoftly(key, entry, now, Miss.ANY_AGE, loader);
      }
    }
    return serving.resolve(serving.countedMiss(key, Miss.ANY_AGE, loader, entry));
  }

  /**
   * Returns a value whose load began at most {@code maxAge} before this call. An older one is not
   * served to this caller, fresh or not; others go on with it until the new one is there.
   *
   * @param maxAge zero = always load, though callers who ask at the same time still share one load
   * @throws IllegalArgumentException if {@code maxAge} is negative; otherwise as {@link
   *     #get(Object, Loader)}
   */
  public @Nullable V get(K key, Duration maxAge, Loader<? super K, ? extends V> loader) {
    Objects.requireNonNull(loader, "loader");
    return get(key, maxAge, inContext(loader));
  }

  /** As {@link #get(Object, Duration, Loader)}, with a loader that sees what it replaces. */
  public @Nullable V get(K key, Duration maxAge, ContextLoader<? super K, V> loader) {
    Objects.requireNonNull(loader, "loader");
    long maxAgeNanos = nanosOf(maxAge);
    Entry<V> entry = local.find(key);
    if (entry != null && trust.in(entry)) {
      long now = ticker.read();
      if (!entry.isGoneAt(now) && !entry.isOlderThan(maxAgeNanos, now)) {
        return serving.serveSoftly(key, entry, now, maxAgeNanos, loader);
      }
    }
    return serving.resolve(serving.countedMiss(key, maxAgeNanos, loader, entry));
  }

  /**
   * Returns the values of several keys: those that may be served at once, the others after one
   * look-up in the remote tier and one call of the loader for what is missing there too, or more
   * calls if that is more than {@link CacheBuilder#maximumBatchSize(int)}. Each key still is loaded
   * by one caller in the cluster at a time.
   *
   * @return in the order of {@code keys}; without those of which the origin has no value
   * @throws CorralException as {@link #get(Object, Loader)}, if any of the keys failed; what the
   *     others came by is cached all the same, and {@link #getEach} returns it
   */
  public Map<K, V> getAll(Collection<? extends K> keys, BulkLoader<K, V> loader) {
    return getEach(keys, loader).valuesOrThrow();
  }

  /**
   * As {@link #getAll}, but tells of each key whether it failed.
   *
   * @throws LoadInterruptedException if this thread was interrupted
   */
  public BulkResult<K, V> getEach(Collection<? extends K> keys, BulkLoader<K, V> loader) {
    Objects.requireNonNull(loader, "loader");
    ContextLoader<K, V> single = new LoadOfOne<>(loader);
    Map<K, @Nullable Entry<V>> entries = new LinkedHashMap<>();
    Map<K, CorralException> failures = new LinkedHashMap<>();
    Map<K, Miss<K, V>> misses = new LinkedHashMap<>();
    List<Miss<K, V>> own = new ArrayList<>();
    for (K key : new LinkedHashSet<K>(keys)) {
      Entry<V> entry = local.find(key);
      long now = ticker.read();
      entries.put(key, entry);
      if (entry != null && trust.in(entry) && !entry.isGoneAt(now)) {
        serving.serve(key, entry, now, single);
      } else {
        Miss<K, V> miss = serving.countedMiss(key, Miss.ANY_AGE, single, entry);
        if (ownChanges.has(key)) {
          entries.put(key, null);
          own.add(miss);
        } else {
          misses.put(key, miss);
        }
      }
    }
    for (Miss<K, V> miss : own) {
      try {
        entries.put(miss.key(), apart.resolve(miss).entry());
      } catch (LoadInterruptedException e) {
        throw e;
      } catch (CorralException e) {
        failures.put(miss.key(), e);
      }
    }
    if (!misses.isEmpty()) {
      LedFlights<K, V> flown = bulkPath.get().resolve(misses.values(), loader);
      misses.forEach(
          (key, miss) -> {
            Entry<V> entry = flown.entries().get(key);
            entries.put(key, entry);
            if (entry != null) {
              serving.found(miss, entry);
            }
          });
      failures.putAll(flown.failures());
    }
    Map<K, V> values = new LinkedHashMap<>();
    entries.forEach(
        (key, entry) -> {
          if (entry != null && entry.value != null) {
            values.put(key, entry.value);
          }
        });
    return new BulkResult<>(
        Collections.unmodifiableMap(values), Collections.unmodifiableMap(failures));
  }

  /**
   * Returns the value that this process holds for a key, fresh or stale, if any. Never loads, never
   * asks the remote tier, never blocks. What is to be checked first, because a message about it may
   * have been lost, counts as not held.
   */
  public Optional<V> getIfPresent(K key) {
    Entry<V> entry = local.find(key);
    if (entry == null || !trust.in(entry) || entry.isGoneAt(ticker.read())) {
      return Optional.empty();
    }
    return Optional.ofNullable(entry.value);
  }

  /**
   * Returns the value that either tier holds fresh for a key, or another if there is none. Loads
   * nothing, takes no lease, and keeps nothing of what it finds, so that each call for what this
   * process does not hold blocks for a round trip to the remote tier, or for two if the value bears
   * tags. A remote tier that does not answer holds nothing. Counted as a get. For callers who
   * cannot give a loader: nobody is protected from a stampede by it.
   *
   * @param other told apart from what is held by its identity, if need be
   * @return null if it is known that the origin has no value
   * @throws IllegalArgumentException as {@link #get(Object, Loader)}
   * @throws IllegalStateException if the cache is closed
   */
  public @Nullable V getFreshOrDefault(K key, V other) {
    Objects.requireNonNull(other, "other");
    lifecycle.requireOpen();
    Entry<V> held = countedFresh(key);
    if (held != null) {
      return held.value;
    }
    FreshRead<K, V> elsewhere = freshReadOf(key);
    return elsewhere == null ? other : freshOrDefault(elsewhere, key, other);
  }

  /**
   * As {@link #getFreshOrDefault}, without blocking: a completed future if this process holds the
   * value fresh, or if there is no remote tier to be asked, else one that the cache's executor
   * completes.
   *
   * @return completed exceptionally with what {@code getFreshOrDefault} would throw, or with the
   *     {@link RejectedExecutionException} of the executor
   */
  public CompletableFuture<@Nullable V> getFreshOrDefaultAsync(K key, V other) {
    Objects.requireNonNull(other, "other");
    if (!lifecycle.isOpen()) {
      return onExecutor(() -> other); // which refuses
    }
    Entry<V> held = countedFresh(key);
    if (held != null) {
      return CompletableFuture.completedFuture(held.value);
    }
    FreshRead<K, V> elsewhere = freshReadOf(key);
    return elsewhere == null
        ? CompletableFuture.completedFuture(other)
        : onExecutor(() -> freshOrDefault(elsewhere, key, other));
  }

  private @Nullable Entry<V> countedFresh(K key) {
    Entry<V> held = local.find(key);
    boolean fresh = held != null && trust.in(held) && held.isFreshAt(ticker.read());
    stats.count(fresh ? Stat.LOCAL_HIT : Stat.MISS);
    return fresh ? held : null;
  }

  /** Within a change of the key by this thread, what the remote tier holds is not to be trusted. */
  private @Nullable FreshRead<K, V> freshReadOf(K key) {
    return ownChanges.has(key) ? null : freshRead;
  }

  private @Nullable V freshOrDefault(FreshRead<K, V> elsewhere, K key, V other) {
    Entry<V> found = elsewhere.read(key);
    if (found == null) {
      return other;
    }
    stats.count(Stat.REMOTE_HIT);
    return found.value;
  }

  /**
   * As {@link #get(Object, Loader)}, without blocking: a completed future if the value may be
   * served at once, else one that the cache's executor completes.
   *
   * @return completed exceptionally with what {@code get} would throw, or with the {@link
   *     RejectedExecutionException} of the executor
   */
  public CompletableFuture<@Nullable V> getAsync(K key, Loader<? super K, ? extends V> loader) {
    Objects.requireNonNull(loader, "loader");
    return getAsync(key, inContext(loader));
  }

  /** As {@link #getAsync(Object, Loader)}, with a loader that sees what it replaces. */
  public CompletableFuture<@Nullable V> getAsync(K key, ContextLoader<? super K, V> loader) {
    Objects.requireNonNull(loader, "loader");
    Entry<V> entry = local.find(key);
    if (entry != null && trust.in(entry)) {
      long now = ticker.read();
      if (!entry.isGoneAt(now)) {
        return CompletableFuture.completedFuture(serving.serve(key, entry, now, loader));
      }
    }
    return onExecutor(() -> serving.resolve(serving.countedMiss(key, Miss.ANY_AGE, loader, entry)));
  }

  /**
   * Loads a key anew, whatever is held of it, while others go on with that. Does not block.
   *
   * @return completed with the new value; exceptionally as {@link #getAsync(Object, Loader)}
   */
  public CompletableFuture<@Nullable V> refresh(K key, Loader<? super K, ? extends V> loader) {
    Objects.requireNonNull(loader, "loader");
    return refresh(key, inContext(loader));
  }

  /** As {@link #refresh(Object, Loader)}, with a loader that sees what it replaces. */
  public CompletableFuture<@Nullable V> refresh(K key, ContextLoader<? super K, V> loader) {
    Objects.requireNonNull(loader, "loader");
    Entry<V> held = local.find(key);
    return onExecutor(() -> way.resolve(serving.miss(key, 0, loader, held)).entry().value);
  }

  /**
   * Holds a value that the caller knows to be the origin's, in place of whatever is held of the
   * key. A load that is under way will not replace it. Blocks for one round trip to the remote
   * tier.
   *
   * <p>If two callers put at the same time, the last one in the remote tier stays, which need not
   * be the last one in the origin: after a change of the origin, {@link #invalidate(Object)} is the
   * safe choice. A put is not held to the mark of an {@linkplain #invalidate(Object, long)
   * invalidation with a version}, and leaves none.
   *
   * @throws UndeliveredException if the remote tier may not have taken it, and {@link
   *     Undelivered#THROW} was asked for; this process then holds nothing of the key, and nor does
   *     the remote tier once the invalidation of the key has been delivered
   * @throws CodecException if the value has no bytes; the remote tier is left as it was
   */
  public void put(K key, V value) {
    Objects.requireNonNull(value, "value");
    lifecycle.requireOpen();
    stats.count(Stat.PUT);
    writes.put(key, value);
  }

  /**
   * Writes a value to the origin, and to the cache: runs the writer, and then holds the value in
   * place of whatever was held of the key. Nothing from before is returned by a {@code get} that
   * begins after this call has returned or thrown, as {@link #invalidate(Object)} says.
   *
   * <p>Before the writer runs, all nodes are told to drop their copies, and what the remote tier
   * holds is given the lease's time to live at most: if this process dies in the middle, nothing
   * old outlives that. Meanwhile readers get the old value or wait. If anybody else writes, puts or
   * invalidates the key meanwhile, nothing is held of it afterwards, since nobody can say whose
   * value the origin has. With the remote tier away the writer runs all the same.
   *
   * <p>If values have a {@linkplain CacheBuilder#version version}, a mark of the value's is left,
   * as {@link #invalidate(Object, long)} does, once the writer has run; and a value that is older
   * than a mark which stands by then is not held.
   *
   * <p>The writer may ask the cache for the same key on its own thread: what is not held then is
   * loaded for it alone, and not kept. It must not wait for another thread that asks.
   *
   * <p>Blocks for the writer and for two round trips to the remote tier.
   *
   * @throws X what the writer threw; the old value is dropped then, as nobody knows whether the
   *     origin took the new one
   * @throws UndeliveredException after the writer ran, as {@link #invalidate(Object)}
   * @throws CodecException if the value has no bytes; the writer has not run then
   */
  public <X extends Exception> void write(K key, V value, Writer<? super K, ? super V, X> writer)
      throws X {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(writer, "writer");
    lifecycle.requireOpen();
    stats.count(Stat.WRITE);
    writes.write(key, value, () -> ownChanges.run(key, () -> writer.write(key, value)));
  }

  /**
   * Runs any change of the origin that concerns a key: when this has returned or thrown, nothing
   * from before it is served any more. As {@link #write}, but what the origin holds afterwards is
   * loaded when somebody asks for it.
   *
   * @throws X what the change threw
   * @throws UndeliveredException after the change ran, as {@link #invalidate(Object)}
   */
  public <X extends Exception> void change(K key, Change<X> change) throws X {
    Objects.requireNonNull(change, "change");
    lifecycle.requireOpen();
    stats.count(Stat.WRITE);
    writes.change(key, () -> ownChanges.run(key, change));
  }

  /**
   * Says that the origin changed: when this returns, nothing that was loaded before the call is
   * returned by a later {@code get} of this process, nor from the remote tier; other processes drop
   * their own copies when the message reaches them. Call it after the change is committed. Blocks
   * for one round trip to the remote tier.
   *
   * <p>If the remote tier is away, this process holds nothing of the key all the same, and delivers
   * the invalidation before it asks the remote tier for anything again.
   *
   * @throws UndeliveredException if the remote tier may not have taken it, and {@link
   *     Undelivered#THROW} was asked for
   */
  public void invalidate(K key) {
    invalidateAll(List.of(key));
  }

  /**
   * As {@link #invalidate(Object)}, and says which version of the key's value the origin has now.
   * Until {@link CacheBuilder#versionMarkFor} has passed, neither tier keeps a value of the key
   * that a load brings with an older version, or that it says is absent, though the load began
   * after this call: the origin was read through a replica that lags. Such a value goes to those
   * who wait for the load, on this node and others, and the next {@code get} loads again. Of two
   * marks of a key the higher stays, and its time begins anew.
   *
   * <p>{@link #put} is not held to the mark. The mark is one entry more of the remote tier: if it
   * is lost there (evicted, flushed, or by a failover), the guard is lost and nothing else. A node
   * that loads while it cannot reach the remote tier knows of its own marks only.
   *
   * @throws IllegalStateException if this cache was built without {@link CacheBuilder#version}
   * @throws UndeliveredException as {@link #invalidate(Object)}; the mark is delivered with the
   *     invalidation, unless so many are pending that they have become one of all keys
   */
  public void invalidate(K key, long version) {
    Objects.requireNonNull(key, "key");
    if (config.version() == null) {
      throw new IllegalStateException(
          "invalidate with a version needs the version option of cache " + name());
    }
    lifecycle.requireOpen();
    stats.count(Stat.INVALIDATION_SENT);
    writes.invalidate(key, version, InvalidationOrigin.LOCAL);
  }

  /**
   * As {@link #invalidate(Object)}, for several keys in one round trip.
   *
   * @throws UndeliveredException as {@link #invalidate(Object)}, for all of the keys
   */
  public void invalidateAll(Collection<? extends K> keys) {
    List<K> distinct = List.copyOf(new LinkedHashSet<K>(keys));
    lifecycle.requireOpen();
    if (distinct.isEmpty()) {
      return;
    }
    stats.count(Stat.INVALIDATION_SENT, distinct.size());
    writes.invalidate(distinct, InvalidationOrigin.LOCAL);
  }

  /**
   * As {@link #invalidate(Object)}, for all keys of this cache, known or not.
   *
   * @throws UndeliveredException as {@link #invalidate(Object)}, for all keys
   */
  public void invalidateAll() {
    lifecycle.requireOpen();
    stats.count(Stat.INVALIDATION_SENT);
    writes.invalidateAll(InvalidationOrigin.LOCAL);
  }

  /**
   * As {@link #invalidate(Object)}, for all keys whose values bear a tag, known or not, in any
   * node. A load of such a value that began before is not kept either, though its tags are not
   * known before it ends. Takes one round trip, however many keys there are.
   *
   * @param tag from 1 to 256 bytes long in UTF-8
   * @throws IllegalArgumentException if it is not
   * @throws UndeliveredException as {@link #invalidate(Object)}
   */
  public void invalidateTag(String tag) {
    TagNames.check(tag);
    lifecycle.requireOpen();
    stats.count(Stat.INVALIDATION_SENT);
    writes.invalidateTag(tag, InvalidationOrigin.LOCAL);
  }

  /** Returns about how many entries the local tier holds, those included that are gone. */
  public long estimatedSize() {
    return local.estimatedSize();
  }

  /**
   * Returns how many keys are still to be invalidated in the remote tier, which was away when they
   * were; all of them count as one. 0 if all is well.
   */
  public int pendingInvalidations() {
    return writes.pending();
  }

  /**
   * Tells where a key stands: what this process and the remote tier hold of it, for how long, who
   * loads it, and why it is left alone, if it is. Changes nothing: it loads nothing, takes no
   * lease, and is neither counted nor a use of the key. Blocks for one round trip to the remote
   * tier, or for two if the value there bears tags; if that fails, the answer says so.
   *
   * @throws IllegalArgumentException as {@link #get(Object, Loader)}
   * @throws IllegalStateException if the cache is closed
   */
  public Explanation explain(K key) {
    Objects.requireNonNull(key, "key");
    lifecycle.requireOpen();
    return explainer.explain(key);
  }

  /** Returns the origin that this cache loads from: its own, or one that others share. */
  public Origin origin() {
    return config.origin();
  }

  /** Returns how this cache does, and why. Never blocks: nobody is asked. */
  public CacheHealth health() {
    return health.get();
  }

  /** Returns what this cache has counted so far. */
  public CacheStats stats() {
    return stats.snapshot();
  }

  /**
   * Ends the subscriptions to sources, drops what this process holds, stops listening to other
   * nodes, and ends the cache's threads. Loads that are under way go on to their ends; whatever
   * would load or change something afterwards throws {@link IllegalStateException}, or fails its
   * future with one. What the remote tier holds stays. Idempotent.
   */
  @Override
  public void close() {
    lifecycle.close();
  }

  @Override
  public String toString() {
    return "TieredCache[" + name() + ", " + stats() + "]";
  }

  private CompletableFuture<@Nullable V> onExecutor(Supplier<@Nullable V> action) {
    try {
      // An executor of the cache's own would refuse with less to say.
      lifecycle.requireOpen();
      return CompletableFuture.supplyAsync(action, executor);
    } catch (IllegalStateException | RejectedExecutionException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static <K, V> ContextLoader<K, V> inContext(Loader<? super K, ? extends V> loader) {
    return new PlainLoader<>(loader);
  }

  private static long nanosOf(Duration maxAge) {
    if (maxAge.isNegative()) {
      throw new IllegalArgumentException("maxAge must not be negative: " + maxAge);
    }
    return maxAge.compareTo(Durations.LONGEST) > 0 ? Miss.ANY_AGE : maxAge.toNanos();
  }
}
