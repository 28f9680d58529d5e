package dev.corral.bench;

import dev.corral.TieredCache;
import dev.corral.codec.StringCodec;
import dev.corral.redis.RedisStore;
import dev.corral.remote.RemoteStore;
import java.net.URI;
import java.time.Duration;
import redis.clients.jedis.RedisClient;

/**
 * A process that changes the origin through a cache, says {@code committed}, and never ends the
 * change. The origin is a key of the same Redis.
 */
final class WriterNode {
  static final String KEY = "key";
  static final String ORIGIN = "origin";
  static final Duration LEASE = Duration.ofSeconds(2);

  private WriterNode() {}

  /** Takes the address of Redis. */
  public static void main(String[] args) throws InterruptedException {
    try (var redis = RedisClient.create(URI.create(args[0]));
        var store = RedisStore.builder(redis).namespace("writer").build();
        var cache = cache(store)) {
      cache.change(
          KEY,
          () -> {
            redis.set(ORIGIN, "new");
            System.out.println("committed");
            Thread.sleep(Duration.ofMinutes(5).toMillis()); // it is killed long before
          });
    }
  }

  static TieredCache<String, String> cache(RemoteStore store) {
    return TieredCache.<String, String>builder("values")
        .freshFor(Duration.ofHours(1))
        .staleFor(Duration.ofHours(1))
        .leaseTime(LEASE)
        .remote(store, StringCodec.utf8())
        .build();
  }
}
