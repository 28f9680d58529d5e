package dev.corral.bench.serve;

import dev.corral.CacheBuilder;
import dev.corral.TieredCache;
import dev.corral.codec.JacksonCodec;
import dev.corral.micrometer.CorralMeters;
import dev.corral.origin.CircuitBreaking;
import dev.corral.origin.Origin;
import dev.corral.redis.RedisStore;
import dev.corral.remote.RemoteStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import redis.clients.jedis.UnifiedJedis;

/** The cache of the service, as an application would set it up. */
final class ItemCache implements AutoCloseable {
  private final RedisStore store;
  private final TieredCache<Long, Item> items;

  ItemCache(UnifiedJedis redis, MeterRegistry meters) {
    store = RedisStore.builder(redis).namespace("shop").build();
    items = CorralMeters.monitor(options(store), meters);
  }

  static CacheBuilder<Long, Item> options(RemoteStore store) {
    return TieredCache.<Long, Item>builder("products")
        .freshFor(Duration.ofSeconds(10))
        .staleFor(Duration.ofMinutes(10))
        .absentFor(Duration.ofSeconds(5))
        .schema("1")
        .origin(
            Origin.named("shop-db")
                .loadTimeout(Duration.ofSeconds(2))
                .circuitBreaker(CircuitBreaking.defaults())
                .build())
        .remote(store, JacksonCodec.of(Item.class));
  }

  TieredCache<Long, Item> items() {
    return items;
  }

  @Override
  public void close() {
    items.close();
    store.close();
  }
}
