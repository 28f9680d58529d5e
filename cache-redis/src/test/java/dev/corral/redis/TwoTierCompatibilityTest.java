package dev.corral.redis;

import dev.corral.TieredCache;
import dev.corral.codec.StringCodec;
import dev.corral.micrometer.CacheMeters;
import dev.corral.servers.RedisServer;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinder;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinderCompatibilityKit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import redis.clients.jedis.RedisClient;

/** Micrometer's own contract of what binds a cache, for two tiers, the second one in Redis. */
class TwoTierCompatibilityTest extends CacheMeterBinderCompatibilityKit<TieredCache<?, ?>> {

  private static final RedisClient JEDIS = RedisClient.create(RedisServer.shared().uri());

  @AfterAll
  static void closeClient() {
    JEDIS.close();
  }

  private final List<RedisStore> stores = new ArrayList<>();
  private @Nullable TieredCache<String, String> typed;

  @AfterEach
  void closeStores() {
    stores.forEach(RedisStore::close);
  }

  @Override
  public TieredCache<?, ?> createCache() {
    RedisStore store = RedisStore.builder(JEDIS).namespace("kit-" + UUID.randomUUID()).build();
    stores.add(store);
    typed =
        TieredCache.<String, String>builder("mycache")
            .freshFor(Duration.ofMinutes(1))
            .remote(store, StringCodec.utf8())
            .build();
    return typed;
  }

  @Override
  public void dereferenceCache() {
    super.dereferenceCache();
    typed = null;
  }

  @Override
  public CacheMeterBinder<TieredCache<?, ?>> binder() {
    return new CacheMeters(cache, List.of());
  }

  @Override
  public void put(String key, String value) {
    Objects.requireNonNull(typed).put(key, value);
  }

  @Override
  public @Nullable String get(String key) {
    return Objects.requireNonNull(typed).get(key, absent -> null);
  }
}
