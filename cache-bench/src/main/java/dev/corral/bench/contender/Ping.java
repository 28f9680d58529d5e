package dev.corral.bench.contender;

import redis.clients.jedis.UnifiedJedis;

/** One round trip to Redis and nothing else, over a pool like that of each contender. */
public final class Ping implements AutoCloseable {
  private final UnifiedJedis redis;

  public Ping(Setup setup) {
    redis = Redis.connect(setup);
  }

  /** Returns when Redis has answered. */
  public void ask() {
    redis.ping();
  }

  @Override
  public void close() {
    redis.close();
  }
}
