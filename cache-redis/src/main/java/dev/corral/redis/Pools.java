package dev.corral.redis;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisCluster;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.util.Pool;

/** The connections of a client, as far as its kind lets them be seen. */
final class Pools {

  /** What Jedis' own pools have if nothing else is said. */
  private static final int USUAL = 8;

  private static final int SLOTS = 16_384;

  private final Supplier<Collection<? extends Pool<Connection>>> pools;
  private final @Nullable Supplier<Connection> connections;
  private final @Nullable Supplier<Pool<Connection>> onlyOne;

  private Pools(
      Supplier<Collection<? extends Pool<Connection>>> pools,
      @Nullable Supplier<Connection> connections,
      @Nullable Supplier<Pool<Connection>> onlyOne) {
    this.pools = pools;
    this.connections = connections;
    this.onlyOne = onlyOne;
  }

  /** Returns those of a client. */
  @SuppressWarnings("deprecation") // of JedisCluster, which many still have
  static Pools of(UnifiedJedis jedis) {
    if (jedis instanceof RedisClient client) {
      return new Pools(
          () -> List.of(client.getPool()), () -> client.getPool().getResource(), client::getPool);
    }
    if (jedis instanceof RedisSentinelClient client) {
      return new Pools(
          () -> client.getPrimaryNodesConnectionMap().values(),
          () -> client.getPrimaryNodesConnectionMap().values().iterator().next().getResource(),
          () -> client.getPrimaryNodesConnectionMap().values().iterator().next());
    }
    if (jedis instanceof RedisClusterClient client) {
      return new Pools(
          () -> client.getClusterNodes().values(),
          () -> client.getConnectionFromSlot(ThreadLocalRandom.current().nextInt(SLOTS)),
          null);
    }
    if (jedis instanceof JedisCluster client) {
      return new Pools(
          () -> client.getClusterNodes().values(),
          () -> client.getConnectionFromSlot(ThreadLocalRandom.current().nextInt(SLOTS)),
          null);
    }
    return new Pools(List::of, null, null);
  }

  /**
   * Makes sure that no pool is empty once the store listens on one of its connections: each step
   * would wait for it in vain, and Redis would be taken to be away.
   *
   * @throws IllegalArgumentException otherwise
   */
  void requireRoom() {
    for (Pool<Connection> pool : pools.get()) {
      int most = pool.getMaxTotal();
      if (most >= 0 && most < 2) {
        throw new IllegalArgumentException(
            "jedis must have at least 2 connections in its pool (maxTotal), as the store listens on"
                + " one of them: "
                + most);
      }
    }
  }

  /**
   * Returns how many steps find a connection without waiting for one, beside the subscription. In a
   * cluster all of them may be for one node, so its smallest pool says.
   */
  int stepsAtOnce() {
    int smallest =
        pools.get().stream()
            .mapToInt(Pool::getMaxTotal)
            .map(max -> max < 0 ? Integer.MAX_VALUE : max)
            .min()
            .orElse(USUAL);
    return Math.max(1, smallest - 1);
  }

  /**
   * Whether all connections are in use, by others than this store as well: it only knows of its
   * own. Of a cluster this is not known, since a step may be for another node.
   */
  boolean isExhausted() {
    if (onlyOne == null) {
      return false;
    }
    // At each step: a list of one, and its iterator, took a tenth of what a step takes the client.
    Pool<Connection> pool = onlyOne.get();
    return pool.getMaxTotal() >= 0 && pool.getNumActive() >= pool.getMaxTotal();
  }

  /**
   * Takes a connection, in a cluster one to any of its masters; null if the client does not give
   * one away.
   */
  @Nullable Connection take() {
    return connections == null ? null : connections.get();
  }
}
