package dev.corral.redis;

import java.time.Duration;
import java.util.Objects;
import redis.clients.jedis.UnifiedJedis;

/** Builds a {@link RedisIdempotencyStore}. Not thread-safe. */
public final class RedisIdempotencyStoreBuilder {

  final UnifiedJedis jedis;
  String namespace = "default";
  Limits limits = Limits.DEFAULT;

  // After these, who waits asks by itself: a message may have been lost.
  Duration firstLook = Duration.ofMillis(250);
  Duration longestLook = Duration.ofSeconds(2);

  RedisIdempotencyStoreBuilder(UnifiedJedis jedis) {
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
  public RedisIdempotencyStoreBuilder namespace(String namespace) {
    this.namespace = RedisKeys.checkNamespace(namespace);
    return this;
  }

  /**
   * Sets how long an answer may take before it speaks against Redis: half of the last ten steps
   * slow or failed, and Redis is taken to be away. 500 ms if left out.
   *
   * @throws IllegalArgumentException if it is not 1 ms to 1 h
   */
  public RedisIdempotencyStoreBuilder slowAfter(Duration duration) {
    limits = limits.withSlowAfter(duration);
    return this;
  }

  /**
   * Sets how long a step waits for a connection of the client's pool to be free, before it has
   * failed. 200 ms if left out.
   *
   * @throws IllegalArgumentException if it is not 1 ms to 1 h
   */
  public RedisIdempotencyStoreBuilder connectionWait(Duration duration) {
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
  public RedisIdempotencyStoreBuilder connections(int count) {
    limits = limits.withConnections(count);
    return this;
  }

  /**
   * Sets how often Redis is asked for a sign of life on the connection on which the store listens.
   * Silent for twice as long, it is dropped, and the store listens on another one. Five seconds if
   * left out.
   *
   * @throws IllegalArgumentException if it is not 1 ms to 1 h
   */
  public RedisIdempotencyStoreBuilder heartbeat(Duration duration) {
    limits = limits.withHeartbeat(duration);
    return this;
  }

  /** Sets after what pauses those who wait ask though nobody has told them to; for tests. */
  RedisIdempotencyStoreBuilder looks(Duration first, Duration longest) {
    firstLook = first;
    longestLook = longest;
    return this;
  }

  /**
   * Builds the store. Does not ask Redis for anything yet.
   *
   * @throws IllegalArgumentException if a pool of the client has fewer than two connections: on one
   *     of them the store listens
   */
  public RedisIdempotencyStore build() {
    return new RedisIdempotencyStore(this);
  }
}
