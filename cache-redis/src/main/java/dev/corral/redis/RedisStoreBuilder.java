package dev.corral.redis;

import java.time.Duration;
import java.util.Objects;
import redis.clients.jedis.UnifiedJedis;

/** Builds a {@link RedisStore}. Not thread-safe. */
public final class RedisStoreBuilder {

  private static final int DEFAULT_INLINE_LIMIT = 8 * 1024;

  final UnifiedJedis jedis;
  String namespace = "default";
  int inlineLimit = DEFAULT_INLINE_LIMIT;
  Limits limits = Limits.DEFAULT;

  RedisStoreBuilder(UnifiedJedis jedis) {
    this.jedis = Objects.requireNonNull(jedis, "jedis");
  }

  /**
   * Sets what keeps this store's keys apart from those of others in the same Redis; {@code default}
   * if left out.
   *
   * @param namespace letters, digits, {@code .}, {@code _}, {@code -} and {@code @}, at most 64 of
   *     them
   * @throws IllegalArgumentException if it breaks that rule
   */
  public RedisStoreBuilder namespace(String namespace) {
    this.namespace = RedisKeys.checkNamespace(namespace);
    return this;
  }

  /**
   * Sets up to how many bytes a published value is sent along to the nodes that wait for it; they
   * look a larger one up. 8192 if left out; 0 never sends one along.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public RedisStoreBuilder inlineLimit(int bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("inlineLimit must not be negative: " + bytes);
    }
    inlineLimit = bytes;
    return this;
  }

  /**
   * Sets how long an answer may take before it speaks against Redis: half of the last ten steps
   * slow or failed, and Redis is taken to be away. 500 ms if left out. A step over more than a
   * thousand keys is given as much for each thousand.
   *
   * @throws IllegalArgumentException if it is not 1 ms to 1 h
   */
  public RedisStoreBuilder slowAfter(Duration duration) {
    limits = limits.withSlowAfter(duration);
    return this;
  }

  /**
   * Sets how long a step waits for a connection of the client's pool to be free, before it has
   * failed. 200 ms if left out.
   *
   * @throws IllegalArgumentException if it is not 1 ms to 1 h
   */
  public RedisStoreBuilder connectionWait(Duration duration) {
    limits = limits.withConnectionWait(duration);
    return this;
  }

  /**
   * Sets how many steps run at once. If left out, as many as the client's pool has connections,
   * less the one on which the store listens; in a cluster, those of the smallest pool. Needed if
   * the client shares its connections with others, or is of a kind of its own.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public RedisStoreBuilder connections(int count) {
    limits = limits.withConnections(count);
    return this;
  }

  /**
   * Sets when a look-up is given up that finds the key changed each time it looks: the key is then
   * loaded without a lease. One second if left out. What a single command may take is the client's
   * timeout.
   *
   * @throws IllegalArgumentException if it is not 1 ms to 1 h
   */
  public RedisStoreBuilder lookUpTimeout(Duration duration) {
    limits = limits.withLookUpTimeout(duration);
    return this;
  }

  /**
   * Sets how often Redis is asked for a sign of life on the connection on which the store listens.
   * Silent for twice as long, it is dropped, and the store listens on another one. Five seconds if
   * left out.
   *
   * @throws IllegalArgumentException if it is not 1 ms to 1 h
   */
  public RedisStoreBuilder heartbeat(Duration duration) {
    limits = limits.withHeartbeat(duration);
    return this;
  }

  /**
   * Builds the store. Does not ask Redis for anything yet.
   *
   * @throws IllegalArgumentException if a pool of the client has fewer than two connections: on one
   *     of them the store listens
   */
  public RedisStore build() {
    return new RedisStore(this);
  }
}
