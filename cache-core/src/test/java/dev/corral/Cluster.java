package dev.corral;

import static org.awaitility.Awaitility.await;

import dev.corral.codec.StringCodec;
import dev.corral.remote.InMemoryRemoteServer;
import dev.corral.remote.RemoteStep;
import dev.corral.stats.Stat;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The nodes of a test, the server that they share, the time that a test moves by hand for all of
 * them, and callers on threads of their own. Nothing is random.
 */
final class Cluster implements AutoCloseable {

  static final Duration STEP = Duration.ofMillis(10);

  final InMemoryRemoteServer server = new InMemoryRemoteServer();
  final HandTicker ticker = new HandTicker();
  final HandScheduler scheduler = new HandScheduler();
  private final List<TieredCache<?, ?>> caches = new CopyOnWriteArrayList<>();
  private final Set<Thread> registered = ConcurrentHashMap.newKeySet();
  private final List<Call<?>> calls = new CopyOnWriteArrayList<>();

  /** Returns the options of a node that stands alone. */
  CacheBuilder<Long, String> alone() {
    return TieredCache.<Long, String>builder("test")
        .freshFor(Duration.ofMinutes(1))
        .jitter(0)
        .failureBackoff(Duration.ofSeconds(1), Duration.ofMinutes(1))
        .random(() -> 0)
        .ticker(ticker)
        .scheduler(scheduler);
  }

  /** Returns the options of a node of the cluster. */
  CacheBuilder<Long, String> shared() {
    return alone().remote(server.newNode(), StringCodec.utf8());
  }

  /** Builds a cache that is closed with this. */
  TieredCache<Long, String> open(CacheBuilder<Long, String> options) {
    TieredCache<Long, String> cache = options.build();
    caches.add(cache);
    return cache;
  }

  /** Returns a new node. */
  TieredCache<Long, String> node() {
    return open(shared());
  }

  /** Does something on a thread of its own. */
  <T> Call<T> call(Callable<T> action) {
    Call<T> call = Call.start(action);
    calls.add(call);
    return call;
  }

  /** Lets time pass everywhere, in small steps, so that timers run when they are due. */
  void advance(Duration time) {
    for (long left = time.toNanos(); left > 0; left -= STEP.toNanos()) {
      ticker.advance(STEP);
      server.advance(STEP);
      scheduler.advance(STEP);
    }
  }

  /** Lets a little time pass, so that what was before it can be told from what comes after. */
  void tick() {
    advance(STEP);
  }

  /** Waits until this many callers in all have joined a flight that others led. */
  static void awaitJoined(TieredCache<?, ?> cache, long callers) {
    await().atMost(Call.PATIENCE).until(() -> cache.stats().get(Stat.COALESCED) >= callers);
  }

  /**
   * Notes from now on which threads register for the outcome of another node's load, and returns
   * how many have been noted before.
   */
  int noteRegistrations() {
    server.after(
        RemoteStep.AWAIT,
        () -> {
          registered.add(Thread.currentThread());
          noteRegistrations();
        });
    return registered.size();
  }

  /** Waits until this many threads in all have been noted. */
  void awaitRegistered(int threads) {
    await().atMost(Call.PATIENCE).until(() -> registered.size() >= threads);
  }

  /** Waits until this many steps of a kind have begun. */
  void awaitSteps(RemoteStep step, int count) {
    await().atMost(Call.PATIENCE).until(() -> server.countOf(step) >= count);
  }

  @Override
  public void close() {
    calls.forEach(Call::interrupt);
    for (TieredCache<?, ?> cache : caches) {
      cache.close();
    }
  }
}
