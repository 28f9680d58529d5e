package dev.corral;

import dev.corral.remote.RemoteRegion;
import dev.corral.stats.StatsCounter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts the parts of one cache together, as its options say: the innermost stage first. */
final class Wiring<K, V> {

  private static final Duration PUSH_GRACE = Duration.ofMillis(50);

  final StatsCounter stats = new StatsCounter();
  final Events<K, V> events;
  final Observers observers;
  final CacheThreads threads;
  final LocalTier<K, V> local;
  final Trust trust;
  final FlightStage<K, V> missPath;

  /** Where a miss goes: to the flights, or past them if nothing is to be cached. */
  final Stage<K, V> way;

  final ApartStage<K, V> apart;
  final Supplier<BulkPath<K, V>> bulkPath;
  final Refresher<K, V> refresher;
  final WritePath<K, V> writes;
  final Lifecycle lifecycle;
  final HitClock hitClock;

  private final Config<K, V> config;
  private final Flights<K, V> flights;
  private final Lifetimes<K, V> lifetimes;
  private final Entries<K, V> entries;
  private final Tagging<K, V> tagging;
  private final Versions<K, V> versions;
  private final Loads<K, V> loads;
  private final RefreshPauses pauses;
  private final FailureMemory<K> failures;
  final Explainer<K, V> explainer;

  // Null without a remote tier that gets may read.
  final @Nullable FreshRead<K, V> freshRead;

  private Explainer.@Nullable Shared<K, V> shared;
  private @Nullable RemoteHealth remoteHealth;
  private final List<Runnable> closings = new ArrayList<>();

  /** What stands between the flights and the loader. */
  private record Way<K, V>(Stage<K, V> stage, BulkStage<K, V> bulk, WritePath<K, V> writes) {}

  Wiring(Config<K, V> config) {
    this.config = config;
    String name = config.name();
    events = new Events<>(name, config.listeners());
    observers = new Observers(name, config.observers());
    threads = new CacheThreads(name, config.executor(), config.scheduler());
    hitClock = HitClock.of(config.ticker());
    local = new LocalTier<>(config.maximumSize(), stats);
    trust = new Trust(config.remote() == null ? 1 : RemoteRegion.PARTITIONS);
    flights = new Flights<>(local, trust.eras);
    tagging = new Tagging<>(config.tags(), trust);
    versions = new Versions<>(config, stats, events);
    lifetimes =
        new Lifetimes<>(config.freshness(), config.absent(), config.jitter(), config.random());
    entries = new Entries<>(lifetimes, config.refreshAheadBeta(), hitClock.slackNanos());
    loads =
        new Loads<>(
            name,
            config.origin(),
            lifetimes,
            tagging,
            versions,
            config.ticker(),
            stats,
            events,
            observers);
    pauses = new RefreshPauses(config.backoff(), config.ticker());
    failures =
        new FailureMemory<>(
            name,
            config.backoff(),
            config.passThrough() ? key -> false : flights::isLedByCurrentThread,
            config.ticker(),
            stats);

    Config.Remote<V> second = config.remote();
    Way<K, V> behind = second == null ? oneTier(key -> trust.eras.of(0)) : twoTiers(second);
    missPath =
        new FlightStage<>(
            name, local, flights, trust, config.ticker(), stats, observers, behind.stage());
    apart = new ApartStage<>(loads, entries);
    // A cache that is switched off has no flights that calls could share.
    if (config.passThrough()) {
      way = apart;
      Way<K, V> direct = oneTier(key -> trust.eras.of(0));
      bulkPath = () -> bulkPathOf(new Flights<>(local, trust.eras), direct);
    } else {
      way = missPath;
      BulkPath<K, V> joint = new BulkPath<>(flights, missPath, behind.bulk());
      bulkPath = () -> joint;
    }
    writes = behind.writes();
    explainer = new Explainer<>(name, local, flights, failures, trust, config.ticker(), shared);
    Explainer.Shared<K, V> both = shared;
    RemoteHealth reached = remoteHealth;
    freshRead =
        both == null || reached == null || config.passThrough()
            ? null
            : new FreshRead<>(both.remote(), both.delivery(), reached, config.ticker());
    refresher =
        new Refresher<>(
            config, flights, missPath, pauses, threads.executor(), stats, events, observers);
    closings.add(threads::close);
    closings.add(flights::doomAll);
    // Last, as what was thrown before would leave its thread behind.
    hitClock.open();
    closings.add(hitClock::close);
    lifecycle = new Lifecycle(name, closings);
    config.sources().forEach(this::subscribe);
  }

  /** Nobody else joins flights that are made for one call. */
  private BulkPath<K, V> bulkPathOf(Flights<K, V> own, Way<K, V> direct) {
    var stage =
        new FlightStage<>(
            config.name(), local, own, trust, config.ticker(), stats, observers, direct.stage());
    return new BulkPath<>(own, stage, direct.bulk());
  }

  /** Returns how the cache does. */
  CacheHealth health() {
    return CacheHealth.of(
        config.name(),
        lifecycle.isOpen(),
        Optional.ofNullable(remoteHealth).map(health -> health.now(writes.pending())),
        new CacheHealth.Origin(config.origin().name(), config.origin().stats().breaker()));
  }

  /** Last of all, as a source may report at once; if it fails, the parts so far are closed. */
  private void subscribe(InvalidationSource<K> source) {
    var subscription = new SourceSubscription<>(config.name(), source, writes, stats);
    // First of all closings: what is reported meanwhile still takes effect.
    closings.add(0, subscription::end);
    try {
      subscription.begin();
    } catch (Throwable e) {
      try {
        lifecycle.close();
      } catch (RuntimeException more) {
        e.addSuppressed(more);
      }
      throw e;
    }
  }

  private Way<K, V> oneTier(Function<K, Era> eraOf) {
    var load = new LoadStage<>(loads, lifetimes, entries, versions, failures, eraOf);
    return new Way<>(
        load,
        new BulkLoadStage<>(loads, load, failures, config.maximumBatchSize()),
        new LocalWrites<>(
            flights,
            failures,
            lifetimes,
            entries,
            tagging,
            versions,
            trust,
            config.ticker(),
            events));
  }

  private Way<K, V> twoTiers(Config.Remote<V> second) {
    String name = config.name();
    Ticker ticker = config.ticker();
    var waits = new Waits();
    var health = new RemoteHealth(stats, events, ticker, config.syncInterval().multipliedBy(2));
    remoteHealth = health;
    var suspicion = new Suspicion<>(config.keys(), trust.eras, flights, health, stats, events);
    var sync = new Sync(config, trust, suspicion::suspect, health, threads.scheduler());
    var invalidator =
        new Invalidator<>(config.keys(), flights, waits, sync, health, trust, stats, events);
    RemoteRegion opened = second.store().open(second.region(name), invalidator);
    RemoteRegion region = observers.isEmpty() ? opened : new ObservedRegion(opened, observers);
    closings.add(sync::close);
    closings.add(region::close);

    var values = new StoredValues<>(name, second, entries, trust, stats);
    var unshared = new Unshared(name, stats);
    var remote = new RemoteTier<>(config, region, values, versions, trust, stats);
    var delivery = new Delivery<>(config, remote, health, trust, stats, events);
    shared = new Explainer.Shared<>(remote, values, delivery);
    var keeper =
        new LeaseKeeper(remote, health, threads.leaseScheduler(), ticker, config.leaseTime());
    var publisher =
        new Publisher<>(
            remote, health, delivery, lifetimes, entries, versions, failures, unshared, ticker,
            stats, events);
    var changes =
        new SharedChange<>(
            config, remote, health, delivery, keeper, flights, failures, versions, events);
    var leased = new LeasedLoad<>(loads, keeper, publisher);
    var leasedBulk = new LeasedBulkLoad<>(loads, keeper, publisher, config.maximumBatchSize());
    var peers =
        new PeerWait<K, V>(name, remote::await, waits, ticker, stats, observers, PUSH_GRACE);
    Way<K, V> alone = oneTier(key -> remote.eraOf(remote.text(key)));
    sync.start(region, delivery::retry);
    return new Way<>(
        new RemoteStage<>(
            remote, health, delivery, peers, leased, pauses, trust, ticker, alone.stage()),
        new BulkRemoteStage<>(
            remote, values, health, delivery, leasedBulk, trust, ticker, alone.bulk()),
        new SharedWrites<>(
            remote, values, delivery, changes, flights, failures, lifetimes, tagging, versions,
            unshared, trust, suspicion, events));
  }
}
