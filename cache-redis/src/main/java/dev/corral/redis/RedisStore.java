package dev.corral.redis;

import dev.corral.remote.RemoteEvents;
import dev.corral.remote.RemoteRegion;
import dev.corral.remote.RemoteStore;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.UnifiedJedis;

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
 */
public final class RedisStore implements RemoteStore {

  private static final Logger log = LoggerFactory.getLogger(RedisStore.class);

  private final UnifiedJedis jedis;
  private final String namespace;
  private final int inlineLimit;
  private final byte[] nodeChannels;
  private final Tokens tokens = new Tokens();
  private final ConcurrentMap<String, RedisRegion> regions = new ConcurrentHashMap<>();
  private final LongAdder malformed = new LongAdder();
  private final Subscription subscription;

  RedisStore(RedisStoreBuilder builder) {
    jedis = builder.jedis;
    namespace = builder.namespace;
    inlineLimit = builder.inlineLimit;
    nodeChannels = RedisKeys.nodeChannelPrefix(namespace);
    subscription = new Subscription(jedis, nodeChannel(), this::receivedOutcome);
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
    RedisRegion region = new RedisRegion(this, jedis, keys, name, events, tokens, scripts);
    if (regions.putIfAbsent(name, region) != null) {
      throw new IllegalStateException("The region is open already: " + keys);
    }
    try {
      subscription.add(region.channel(), region);
    } catch (IllegalStateException e) {
      regions.remove(name, region);
      throw e;
    }
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
    regions.clear();
  }

  void close(RedisRegion region) {
    if (regions.remove(region.cache(), region)) {
      subscription.remove(region.channel(), region);
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
