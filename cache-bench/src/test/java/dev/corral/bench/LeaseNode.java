package dev.corral.bench;

import dev.corral.TieredCache;
import dev.corral.codec.StringCodec;
import dev.corral.redis.RedisStore;
import java.net.URI;
import java.time.Duration;
import redis.clients.jedis.RedisClient;

/**
 * A process that asks a cache for one key, and says what happens: {@code asking}, {@code loading},
 * {@code got …}.
 */
final class LeaseNode {
  static final String KEY = "key";
  static final Duration LEASE = Duration.ofSeconds(2);
  // So long that whoever gets an answer in the test cannot have got it by this running out.
  private static final Duration LOAD_TIMEOUT = Duration.ofMinutes(5);

  private LeaseNode() {}

  /** Takes the address of Redis, then {@code hang} or {@code answer}: what its loader does. */
  public static void main(String[] args) {
    boolean hang = args[1].equals("hang");
    try (var redis = RedisClient.create(URI.create(args[0]));
        var store = RedisStore.builder(redis).namespace("lease-holder").build();
        var cache = cache(store)) {
      System.out.println("asking");
      System.out.println("got " + cache.get(KEY, key -> load(hang)));
    }
  }

  private static TieredCache<String, String> cache(RedisStore store) {
    return TieredCache.<String, String>builder("values")
        .freshFor(Duration.ofMinutes(10))
        .leaseTime(LEASE)
        .loadTimeout(LOAD_TIMEOUT)
        .remote(store, StringCodec.utf8())
        .build();
  }

  private static String load(boolean hang) throws InterruptedException {
    System.out.println("loading");
    if (hang) {
      Thread.sleep(LOAD_TIMEOUT.toMillis()); // it is killed long before
    }
    return "value";
  }
}
