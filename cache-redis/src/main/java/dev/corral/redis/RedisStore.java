package dev.corral.redis;

import dev.corral.remote.RemoteEvents;
import dev.corral.remote.RemoteRegion;
import dev.corral.remote.RemoteStore;
import dev.corral.remote.RemoteStoreException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A store in Redis 7.0 or later, or Valkey: standalone, behind Sentinel or as a cluster.
 *
 * <pre>{@code
 * RedisStore redis = RedisStore.builder(jedis).namespace("shop").build();
 * }</pre>
 *
 * <p>Thread-safe; one store serves any number of caches. From the first {@link #open} until {@link
 * #close} it keeps one of the client's connections, on which it listens, so the client's pool must
 * have at least two. The client's timeouts are the store's. Closing the store does not close the
 * client; close the store first.
 *
 * <p>A Redis that does not answer is known to be away after a few steps: from then on steps are
 * refused at once, and a thread of the store's own finds out when Redis is back.
 */
public final class RedisStore implements RemoteStore {

  private static final Logger log = LoggerFactory.getLogger(RedisStore.class);

  private static final long IDLE_SECONDS = 10;

  private final UnifiedJedis jedis;
  private final String namespace;
  private final int inlineLimit;
  private final byte[] nodeChannels;
  private final Tokens tokens = new Tokens();
  private final ConcurrentMap<String, RedisRegion> regions = new ConcurrentHashMap<>();
  private final LongAdder malformed = new LongAdder();
  private final ScheduledExecutorService timer = newTimer();
  private final Duration lookUpTimeout;
  private final RoundTrip roundTrip;
  private final Breaker breaker;
  private final Steps steps;
  private final Orphans orphans;
  private final Subscription subscription;

  /** Of the region that was opened last: what the probe asks for. */
  private volatile @Nullable RedisKeys opened;

  RedisStore(RedisStoreBuilder builder) {
    jedis = builder.jedis;
    namespace = builder.namespace;
    inlineLimit = builder.inlineLimit;
    nodeChannels = RedisKeys.nodeChannelPrefix(namespace);

    Limits limits = builder.limits;
    lookUpTimeout = limits.lookUpTimeout();
    Pools pools = Pools.of(jedis);
    pools.requireRoom();
    Gate gate = new Gate(limits.connections() > 0 ? limits.connections() : pools.stepsAtOnce());
    roundTrip = new RoundTrip(jedis, Topology.of(jedis, timer));
    breaker = new Breaker("namespace " + namespace, limits.slowAfter(), gate, this::probe, timer);
    steps = new Steps(breaker, gate, pools, limits.connectionWait());
    orphans = new Orphans(timer, this::release);
    subscription =
        new Subscription(
            new Listening(jedis, pools, timer, limits.heartbeat()),
            nodeChannel(),
            this::receivedOutcome,
            breaker::hint);
  }

  static ScheduledExecutorService newTimer() {
    // So many that a probe and a release that wait for Redis keep no heartbeat waiting.
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            3,
            task -> {
              Thread thread = new Thread(task, "corral-redis-timer");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    return timer;
  }

  /** Begins to build a store that uses the given client. */
  public static RedisStoreBuilder builder(UnifiedJedis jedis) {
    return new RedisStoreBuilder(jedis);
  }

  /**
   * Opens a region. Does not wait for Redis.
   *
   * @throws IllegalArgumentException if the name breaks the rule
   * @throws IllegalStateException if the store is closed, or has a region of this name open already
   */
  @Override
  public RemoteRegion open(String name, RemoteEvents events) {
    RedisKeys keys = new RedisKeys(namespace, name);
    Scripts scripts = new Scripts(keys, nodeChannels, tokens, inlineLimit);
    RedisRegion region =
        new RedisRegion(
            this,
            jedis,
            keys,
            name,
            events,
            tokens,
            scripts,
            roundTrip,
            steps,
            orphans,
            lookUpTimeout);
    if (regions.putIfAbsent(name, region) != null) {
      throw new IllegalStateException("The region is open already: " + keys);
    }
    try {
      subscription.add(region.channel(), region);
    } catch (IllegalStateException e) {
      regions.remove(name, region);
      throw e;
    }
    opened = keys;
    breaker.add(events);
    return region;
  }

  /** Returns the namespace that the store was built with. */
  @Override
  public String namespace() {
    return namespace;
  }

  @Override
  public void close() {
    subscription.close();
    breaker.close();
    timer.shutdown();
    regions.clear();
  }

  void close(RedisRegion region) {
    if (regions.remove(region.cache(), region)) {
      subscription.remove(region.channel(), region);
      breaker.remove(region.events());
    }
  }

  /**
   * Releases leases, on a thread of the store, even while no caller's step is tried: that it has
   * succeeded is the best news that there can be.
   */
  private void release(List<ScriptCall> releases) {
    try {
      roundTrip.callAll(releases);
    } catch (JedisException | IllegalStateException | ClassCastException e) {
      throw new RemoteStoreException("Redis failed to release leases: " + e.getMessage(), e);
    }
    breaker.hint();
  }

  /** Asks all servers for what each node asks them for once a second. */
  private void probe() {
    RedisKeys keys = opened;
    if (keys != null) {
      roundTrip.seqs(keys);
    }
  }

  void countMalformed() {
    malformed.increment();
    log.debug("Ignored a message that makes no sense, in namespace {}", namespace);
  }

  /** Returns how many messages were ignored because they made no sense. */
  long malformedMessages() {
    return malformed.sum();
  }

  /** Returns the channel of the outcomes that this node waits for. */
  byte[] nodeChannel() {
    return Bytes.concat(nodeChannels, Bytes.ascii(tokens.nodeHex()));
  }

  private void receivedOutcome(byte[] bytes) {
    OutcomeMessage message = OutcomeMessage.read(bytes);
    if (message == null) {
      countMalformed();
      return;
    }
    RedisRegion region = regions.get(message.cache());
    if (region != null) {
      region.ended(message.key(), message.outcome());
    }
  }
}
