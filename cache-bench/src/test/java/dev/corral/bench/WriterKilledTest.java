package dev.corral.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.corral.TieredCache;
import dev.corral.redis.RedisStore;
import dev.corral.servers.RedisServer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.RedisClient;

/** A process is killed after it changed the origin and before it could say so. */
class WriterKilledTest {

  // Far below the hours that the old value would live.
  private static final Duration PATIENCE = WriterNode.LEASE.plusSeconds(30);

  @Test
  @Timeout(120)
  void theOldValueIsGoneWithTheLeaseOfAWriterThatWasKilled() throws Exception {
    try (RedisServer server = RedisServer.start();
        RedisClient redis = RedisClient.create(server.uri());
        RedisStore store = RedisStore.builder(redis).namespace("writer").build();
        TieredCache<String, String> cache = WriterNode.cache(store)) {
      redis.set(WriterNode.ORIGIN, "old");
      AtomicInteger loads = new AtomicInteger();
      assertThat(get(cache, redis, loads)).isEqualTo("old");

      try (JavaProcess writer = JavaProcess.start(WriterNode.class, server.uri().toString())) {
        writer.after("committed");
        assertThat(get(cache, redis, loads)).as("while the writer lives").isIn("old", "new");
        writer.kill();
      }

      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(get(cache, redis, loads)).isEqualTo("new"));
      assertThat(loads).as("the first, and the one after the writer").hasValue(2);
    }
  }

  private static @Nullable String get(
      TieredCache<String, String> cache, RedisClient redis, AtomicInteger loads) {
    return cache.get(
        WriterNode.KEY,
        key -> {
          loads.incrementAndGet();
          return redis.get(WriterNode.ORIGIN);
        });
  }
}
