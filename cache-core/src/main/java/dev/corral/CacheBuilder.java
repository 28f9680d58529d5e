package dev.corral;

import dev.corral.codec.Codec;
import dev.corral.codec.KeyCodec;
import dev.corral.codec.StandardKeyCodec;
import dev.corral.observe.StepObserver;
import dev.corral.origin.Origin;
import dev.corral.remote.RemoteStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The options of a {@link TieredCache}. A value that makes no sense is refused at once, a
 * combination that makes none by {@link #build}, with a message that names the option, the value
 * and the rule. Not thread-safe; may build any number of caches.
 *
 * <p>One of {@link #freshFor} and {@link #freshness} must be given. Everything else has a default.
 */
public final class CacheBuilder<K, V> {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,48}");
  private static final Duration DEFAULT_LOAD_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration DEFAULT_LEASE_TIME = Duration.ofSeconds(3);
  private static final Duration SHORTEST_LEASE_TIME = Duration.ofMillis(30);
  private static final Duration SHORTEST_SYNC_INTERVAL = Duration.ofMillis(10);
  private static final Duration DEFAULT_BACKOFF_BASE = Duration.ofMillis(100);
  private static final Duration DEFAULT_BACKOFF_CAP = Duration.ofSeconds(5);
  private static final Duration DEFAULT_SYNC_INTERVAL = Duration.ofSeconds(1);
  private static final Duration DEFAULT_VERSION_MARK_FOR = Duration.ofSeconds(10);
  private static final double DEFAULT_JITTER = 0.1;
  private static final long DEFAULT_MAXIMUM_SIZE = 10_000;
  private static final int DEFAULT_MAXIMUM_BATCH_SIZE = 1_000;
  private static final int LARGEST_BATCH = 100_000;
  private static final int DEFAULT_MAXIMUM_VALUE_BYTES = 16 * 1024 * 1024;

  /** What Redis keeps in one string at most. */
  private static final int LARGEST_MAXIMUM_VALUE_BYTES = 512 * 1024 * 1024;

  private final String name;
  private final List<CacheListener<? super K, ? super V>> listeners = new ArrayList<>();
  private final List<InvalidationSource<K>> sources = new ArrayList<>();
  private final List<StepObserver> observers = new ArrayList<>();
  private boolean disabled;
  private boolean advice = true;
  private @Nullable Duration freshFor;
  private @Nullable Duration staleFor;
  private @Nullable FreshnessPolicy<? super K, ? super V> freshness;
  private Freshness absent = Freshness.uncached();
  private double jitter = DEFAULT_JITTER;
  private double refreshAheadBeta;
  private long maximumSize = DEFAULT_MAXIMUM_SIZE;
  private int maximumBatchSize = DEFAULT_MAXIMUM_BATCH_SIZE;
  private @Nullable Duration loadTimeout;
  private Duration softTimeout = Duration.ZERO;
  private @Nullable Origin origin;
  private @Nullable Duration leaseTime;
  private Duration backoffBase = DEFAULT_BACKOFF_BASE;
  private Duration backoffCap = DEFAULT_BACKOFF_CAP;
  private Duration syncInterval = DEFAULT_SYNC_INTERVAL;
  private @Nullable Duration localWhileDisconnected;
  private Undelivered undelivered = Undelivered.REPLAY;
  private @Nullable TagPolicy<? super K, ? super V> tags;
  private @Nullable ToLongFunction<? super V> version;
  private @Nullable Duration versionMarkFor;
  private @Nullable KeyCodec<K> keys;
  private @Nullable RemoteStore store;
  private @Nullable Codec<V> codec;
  private @Nullable Integer maximumValueBytes;
  private @Nullable String schema;
  private @Nullable Executor executor;
  private @Nullable ScheduledExecutorService scheduler;
  private Ticker ticker = Ticker.system();
  private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

  CacheBuilder(String name) {
    this.name = requireName("name", name);
  }

  /**
   * How long a value is fresh, that is served as it is.
   *
   * @throws IllegalArgumentException unless from 1 ms to 3650 days
   */
  public CacheBuilder<K, V> freshFor(Duration duration) {
    freshFor = Durations.requireLifetime("freshFor", duration);
    return this;
  }

  /**
   * How long, after it was fresh, a value may be served while a load runs or fails. Default: not at
   * all. Needs {@link #freshFor}.
   *
   * @throws IllegalArgumentException unless from zero to 3650 days
   */
  public CacheBuilder<K, V> staleFor(Duration duration) {
    staleFor = Durations.requireWindow("staleFor", duration);
    return this;
  }

  /** Decides per key and value, in place of {@link #freshFor} and {@link #staleFor}. */
  public CacheBuilder<K, V> freshness(FreshnessPolicy<? super K, ? super V> policy) {
    freshness = Objects.requireNonNull(policy, "freshness");
    return this;
  }

  /**
   * How long it is remembered that the origin has no value for a key. Default: not at all, so that
   * every get of such a key asks the origin, one at a time.
   *
   * @throws IllegalArgumentException unless from 1 ms to 3650 days
   */
  public CacheBuilder<K, V> absentFor(Duration duration) {
    absent = Freshness.fresh(Durations.requireLifetime("absentFor", duration));
    return this;
  }

  /**
   * By which part of it the fresh time of a loaded value may be shortened, at random, so that keys
   * which were loaded together do not expire together. Default: 0.1. Never lengthens.
   *
   * @throws IllegalArgumentException unless from 0 (inclusive) to 1 (exclusive)
   */
  public CacheBuilder<K, V> jitter(double share) {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException("jitter must be from 0 to below 1: " + share);
    }
    jitter = share;
    return this;
  }

  /** Short for {@code refreshAhead(1)}. */
  public CacheBuilder<K, V> refreshAhead() {
    return refreshAhead(1);
  }

  /**
   * Refreshes values that are asked for a little before they cease to be fresh: the likelier, the
   * nearer the end and the longer the last load took. Default: not before they are stale.
   *
   * <p>XFetch (Vattani, Chierichetti, Lowenstein, VLDB 2015) with this {@code beta}; above 1 is
   * more eager, below 1 less.
   *
   * @throws IllegalArgumentException unless above 0 and at most 100
   */
  public CacheBuilder<K, V> refreshAhead(double beta) {
    if (!(beta > 0 && beta <= 100)) {
      throw new IllegalArgumentException("refreshAhead must be above 0 and at most 100: " + beta);
    }
    refreshAheadBeta = beta;
    return this;
  }

  /**
   * How many entries the local tier holds at most, but for a moment. Default: 10,000. Entries that
   * are gone make room only when others need it.
   *
   * @throws IllegalArgumentException unless at least 1
   */
  public CacheBuilder<K, V> maximumSize(long entries) {
    if (entries < 1) {
      throw new IllegalArgumentException("maximumSize must be at least 1: " + entries);
    }
    maximumSize = entries;
    return this;
  }

  /**
   * How long a get waits at most for a load that somebody else runs, or for its origin to take the
   * load, and how long a loader may run before others may try. Default: that of the {@link
   * #origin}, else 10 s. A loader runs on the thread of its caller and cannot be cut off: give the
   * origin's client a shorter timeout.
   *
   * @throws IllegalArgumentException unless from 1 ms to 3650 days
   */
  public CacheBuilder<K, V> loadTimeout(Duration duration) {
    loadTimeout = Durations.requireLifetime("loadTimeout", duration);
    return this;
  }

  /**
   * How many keys a {@link BulkLoader} is given at most; of more, it is called several times, one
   * after the other. Databases limit the parameters of a statement, and a load that is too large
   * keeps others from the origin. Default: 1,000.
   *
   * @throws IllegalArgumentException unless from 1 to 100,000
   */
  public CacheBuilder<K, V> maximumBatchSize(int keys) {
    if (keys < 1 || keys > LARGEST_BATCH) {
      throw new IllegalArgumentException(
          "maximumBatchSize must be from 1 to " + LARGEST_BATCH + ": " + keys);
    }
    maximumBatchSize = keys;
    return this;
  }

  /**
   * How long a {@code get} that finds a stale value waits for a fresh one, which is loaded in the
   * background, before it is served the stale one, while the load goes on. Default: not at all.
   *
   * <p>Holds for {@code get} alone: {@code getAll} and {@code getAsync} serve what is stale at
   * once. Nobody waits while no load is under way, because the last one has just failed.
   *
   * @throws IllegalArgumentException unless from zero to 3650 days
   */
  public CacheBuilder<K, V> softTimeout(Duration duration) {
    softTimeout = Durations.requireWindow("softTimeout", duration);
    return this;
  }

  /**
   * Says what the loaders read from, and so which limits hold for them: how many run at a time,
   * which are tried again, when the origin is left alone. Shared by all caches that load from it.
   * Default: an origin of this cache's own, without limits.
   */
  public CacheBuilder<K, V> origin(Origin origin) {
    this.origin = Objects.requireNonNull(origin, "origin");
    return this;
  }

  /**
   * How long the right to load a key outlives a node that dies with it, and so how long the others
   * wait then. Default: 3 s. Renewed while a loader runs, so a load may take longer.
   *
   * @throws IllegalArgumentException unless from 30 ms to 3650 days
   */
  public CacheBuilder<K, V> leaseTime(Duration duration) {
    Durations.requireLifetime("leaseTime", duration);
    if (duration.compareTo(SHORTEST_LEASE_TIME) < 0) {
      throw new IllegalArgumentException(
          "leaseTime must be at least " + SHORTEST_LEASE_TIME + ": " + duration);
    }
    leaseTime = duration;
    return this;
  }

  /**
   * How long a key is left alone after its load failed: a random part of {@code base × 2^(n-1)}
   * after {@code n} failures in a row, and never longer than {@code cap}, unless the failure itself
   * {@linkplain dev.corral.origin.RetryAfter asks for more}. Default: 100 ms and 5 s. Meanwhile a
   * stale value is served, or who finds nothing to serve gets the failure at once. The remote tier
   * remembers failures for all nodes; without one, or while it is away, each node does for itself.
   *
   * @throws IllegalArgumentException unless {@code base} is from 1 ms, and {@code cap} from {@code
   *     base}, to 3650 days
   */
  public CacheBuilder<K, V> failureBackoff(Duration base, Duration cap) {
    Durations.requireLifetime("failureBackoff base", base);
    Durations.requireLifetime("failureBackoff cap", cap);
    if (cap.compareTo(base) < 0) {
      throw new IllegalArgumentException(
          "failureBackoff cap must be at least its base " + base + ": " + cap);
    }
    backoffBase = base;
    backoffCap = cap;
    return this;
  }

  /**
   * Adds the second tier, which the nodes share. Left out, everything else is the same.
   *
   * @param codec how values become bytes there
   */
  public CacheBuilder<K, V> remote(RemoteStore store, Codec<V> codec) {
    this.store = Objects.requireNonNull(store, "store");
    this.codec = Objects.requireNonNull(codec, "codec");
    return this;
  }

  /**
   * How many bytes an entry may have in the remote tier: what the codec writes, the text of the
   * key, the tags and about 50 bytes more. Default: 16 MiB. What is larger is not given to the
   * remote tier: each node that asks for it loads it for itself, and {@link
   * dev.corral.stats.Stat#UNSHARED} counts it. What is found there and is larger is not read, but
   * counted as malformed, and replaced. To be the same on all nodes. Needs {@link #remote}.
   *
   * @throws IllegalArgumentException unless from 1 byte to 512 MiB
   */
  public CacheBuilder<K, V> maximumValueBytes(int bytes) {
    if (bytes < 1 || bytes > LARGEST_MAXIMUM_VALUE_BYTES) {
      throw new IllegalArgumentException(
          "maximumValueBytes must be from 1 to " + LARGEST_MAXIMUM_VALUE_BYTES + ": " + bytes);
    }
    maximumValueBytes = bytes;
    return this;
  }

  /**
   * How often this node asks the remote tier how far it has come, in one pipeline of 256 small
   * commands. Default: 1 s. Within twice this time a node notices that a message about an
   * invalidation has not reached it, and checks what it holds before it serves it again.
   *
   * @throws IllegalArgumentException unless from 10 ms to 3650 days
   */
  public CacheBuilder<K, V> syncInterval(Duration duration) {
    Durations.requireLifetime("syncInterval", duration);
    if (duration.compareTo(SHORTEST_SYNC_INTERVAL) < 0) {
      throw new IllegalArgumentException(
          "syncInterval must be at least " + SHORTEST_SYNC_INTERVAL + ": " + duration);
    }
    syncInterval = duration;
    return this;
  }

  /**
   * For how long this node goes on serving what it holds while it cannot reach the remote tier, and
   * so cannot know what other nodes invalidate; after that it loads anew, and holds what it loads
   * for no longer than this either. Default: as long as it is fresh, or may be served stale. Needs
   * {@link #remote}.
   *
   * @throws IllegalArgumentException unless from zero to 3650 days
   */
  public CacheBuilder<K, V> localWhileDisconnected(Duration duration) {
    localWhileDisconnected = Durations.requireWindow("localWhileDisconnected", duration);
    return this;
  }

  /**
   * Puts tags on values, however they come into the cache, by which {@link
   * TieredCache#invalidateTag} makes them void together. Default: only those that loaders
   * {@linkplain LoadContext#tags put there}. A value with tags that is found in the remote tier
   * costs another round trip.
   */
  public CacheBuilder<K, V> tags(TagPolicy<? super K, ? super V> policy) {
    tags = Objects.requireNonNull(policy, "tags");
    return this;
  }

  /**
   * Says which version a value has: larger is newer. A load of an origin that is read through
   * replicas may bring a value from before an invalidation that it began after. With this option,
   * {@link TieredCache#invalidate(Object, long)} and {@link TieredCache#write} leave a short-lived
   * mark of the key, and what a load brings that is older than the mark goes to those who wait for
   * it and is kept nowhere. Default: values have no versions.
   *
   * <p>The function is quick and does not block; what it throws is a failure of the load, or is
   * thrown by the write before its writer runs.
   */
  public CacheBuilder<K, V> version(ToLongFunction<? super V> version) {
    this.version = Objects.requireNonNull(version, "version");
    return this;
  }

  /**
   * How long a mark is remembered, which is the longest lag of a replica that is guarded against.
   * Default: 10 s. Needs {@link #version}.
   *
   * @throws IllegalArgumentException unless from 1 ms to 3650 days
   */
  public CacheBuilder<K, V> versionMarkFor(Duration duration) {
    versionMarkFor = Durations.requireLifetime("versionMarkFor", duration);
    return this;
  }

  /**
   * What becomes of an invalidation that the remote tier did not confirm. Default: {@link
   * Undelivered#REPLAY}.
   */
  public CacheBuilder<K, V> onUndelivered(Undelivered policy) {
    undelivered = Objects.requireNonNull(policy, "onUndelivered");
    return this;
  }

  /**
   * Sets caches of one name apart in the remote tier, such as those of two releases that cannot
   * read each other's values. Default: none. Needs {@link #remote}.
   *
   * @throws IllegalArgumentException unless letters, digits, {@code .}, {@code _} and {@code -},
   *     from 1 to 48 of them
   */
  public CacheBuilder<K, V> schema(String schema) {
    this.schema = requireName("schema", schema);
    return this;
  }

  /**
   * How keys become text in the remote tier, and back. Default: {@link StandardKeyCodec}, which
   * knows strings, whole numbers, UUIDs and enums.
   */
  public CacheBuilder<K, V> keys(KeyCodec<K> codec) {
    keys = Objects.requireNonNull(codec, "keys");
    return this;
  }

  /** Adds a listener. */
  public CacheBuilder<K, V> listener(CacheListener<? super K, ? super V> listener) {
    listeners.add(Objects.requireNonNull(listener, "listener"));
    return this;
  }

  /**
   * Switches caching off, as a configuration may want it: every load goes to the origin, within its
   * limits, and nothing is kept, shared or waited for. What this process writes and invalidates is
   * told to the other nodes all the same, which may cache. Default: false.
   */
  public CacheBuilder<K, V> disabled(boolean disabled) {
    this.disabled = disabled;
    return this;
  }

  /**
   * Whether {@link #build} looks through the options for what is allowed but probably not intended,
   * and logs it, at level INFO, with option, value and advice. Default: true.
   */
  public CacheBuilder<K, V> advice(boolean wanted) {
    advice = wanted;
    return this;
  }

  /** Returns the name of the cache. */
  public String name() {
    return name;
  }

  /**
   * Adds an observer of what takes time: loads, refreshes, waits, steps of the remote tier.
   * Default: none, which costs nothing.
   */
  public CacheBuilder<K, V> observer(StepObserver observer) {
    observers.add(Objects.requireNonNull(observer, "observer"));
    return this;
  }

  /**
   * Adds a source of invalidations: changes of the origin that are made outside of the cache. The
   * cache subscribes when it is built, and ends the subscription first of all when it is closed.
   */
  public CacheBuilder<K, V> invalidatedBy(InvalidationSource<K> source) {
    sources.add(Objects.requireNonNull(source, "invalidatedBy"));
    return this;
  }

  /**
   * Runs refreshes and {@code getAsync}. Default: the cache's own, which are virtual threads where
   * the JDK has them, else up to 32 daemon threads. Loaders block it; it is not closed with the
   * cache.
   */
  public CacheBuilder<K, V> executor(Executor executor) {
    this.executor = Objects.requireNonNull(executor, "executor");
    return this;
  }

  /**
   * Renews leases and compares seqs, both of which block for a round trip. Default: a daemon thread
   * of the cache's own for each of the two. It is not closed with the cache.
   */
  public CacheBuilder<K, V> scheduler(ScheduledExecutorService scheduler) {
    this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
    return this;
  }

  /**
   * Tells the time. Default: {@link Ticker#system()}; hits that are not near the end of their value
   * then go by a note of it that a thread of this process makes every few milliseconds. A ticker of
   * your own is read at each hit.
   */
  public CacheBuilder<K, V> ticker(Ticker ticker) {
    this.ticker = Objects.requireNonNull(ticker, "ticker");
    return this;
  }

  /** Draws the random numbers, from 0 (inclusive) to 1 (exclusive); thread-safe. */
  public CacheBuilder<K, V> random(DoubleSupplier random) {
    this.random = Objects.requireNonNull(random, "random");
    return this;
  }

  /**
   * Builds a cache.
   *
   * @throws IllegalStateException if the options do not fit together, or a source cannot be
   *     subscribed to
   */
  public TieredCache<K, V> build() {
    Config<K, V> config = config();
    Advisor.advise(name, findings(config));
    return new TieredCache<>(config);
  }

  /** Returns what {@link #build} would log. */
  List<Advisor.Advice> findings() {
    return findings(config());
  }

  private List<Advisor.Advice> findings(Config<K, V> config) {
    return advice && !disabled ? Advisor.of(config, fixedFreshness(), leaseTime) : List.of();
  }

  private Config<K, V> config() {
    return new Config<>(
        name,
        disabled,
        disabled ? nothingKept() : policy(),
        disabled ? Freshness.uncached() : absent,
        jitter,
        refreshAheadBeta,
        maximumSize,
        maximumBatchSize,
        loadTimeout(),
        leaseTime == null ? DEFAULT_LEASE_TIME : leaseTime,
        new Backoff(backoffBase, backoffCap, random),
        softTimeout,
        origin == null ? Origin.named(name).build() : origin,
        syncInterval,
        localWhileDisconnected,
        undelivered,
        tags,
        version,
        versionMarkFor(),
        keys == null ? new StandardKeyCodec<>() : keys,
        remote(),
        List.copyOf(listeners),
        List.copyOf(observers),
        List.copyOf(sources),
        executor,
        scheduler,
        ticker,
        random);
  }

  private FreshnessPolicy<? super K, ? super V> nothingKept() {
    // Options that do not fit together are refused all the same.
    policy();
    return (key, value) -> Freshness.uncached();
  }

  private @Nullable Freshness fixedFreshness() {
    if (freshFor == null) {
      return null;
    }
    Freshness fixed = Freshness.fresh(freshFor);
    return staleFor == null ? fixed : fixed.thenStale(staleFor);
  }

  private FreshnessPolicy<? super K, ? super V> policy() {
    if (freshness != null) {
      if (freshFor != null || staleFor != null) {
        throw new IllegalStateException(
            "freshness cannot be combined with " + (freshFor != null ? "freshFor" : "staleFor"));
      }
      return freshness;
    }
    if (freshFor == null) {
      throw new IllegalStateException(
          staleFor != null ? "staleFor needs freshFor" : "freshFor or freshness is needed");
    }
    Freshness all = fixedFreshness();
    return (key, value) -> Objects.requireNonNull(all);
  }

  private Duration loadTimeout() {
    if (loadTimeout != null) {
      return loadTimeout;
    }
    return origin == null
        ? DEFAULT_LOAD_TIMEOUT
        : origin.loadTimeout().orElse(DEFAULT_LOAD_TIMEOUT);
  }

  private Duration versionMarkFor() {
    if (versionMarkFor != null && version == null) {
      throw new IllegalStateException("versionMarkFor needs version");
    }
    return versionMarkFor == null ? DEFAULT_VERSION_MARK_FOR : versionMarkFor;
  }

  private Config.@Nullable Remote<V> remote() {
    if (store == null || codec == null) {
      if (schema != null) {
        throw new IllegalStateException("schema needs remote");
      }
      if (localWhileDisconnected != null) {
        throw new IllegalStateException("localWhileDisconnected needs remote");
      }
      if (maximumValueBytes != null) {
        throw new IllegalStateException("maximumValueBytes needs remote");
      }
      return null;
    }
    int maximum = maximumValueBytes == null ? DEFAULT_MAXIMUM_VALUE_BYTES : maximumValueBytes;
    return new Config.Remote<>(store, codec, maximum, schema);
  }

  private static String requireName(String option, String name) {
    if (!NAME.matcher(Objects.requireNonNull(name, option)).matches()) {
      throw new IllegalArgumentException(option + " must match " + NAME.pattern() + ": " + name);
    }
    return name;
  }
}
