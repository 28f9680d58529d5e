package dev.corral.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.corral.TieredCache;
import dev.corral.codec.JacksonCodec;
import dev.corral.origin.Origin;
import dev.corral.redis.RedisStore;
import dev.corral.remote.RemoteStore;
import dev.corral.servers.RedisServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.api.RLocalCachedMap;
import org.redisson.api.RLock;
import org.redisson.api.RedissonClient;
import org.redisson.api.options.LocalCachedMapOptions;
import org.redisson.api.options.LocalCachedMapOptions.ReconnectionStrategy;
import org.redisson.api.options.LocalCachedMapOptions.SyncStrategy;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.SetParams;

/** The examples of docs/migration.md, before and after, against a real Redis. */
class MigrationTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Product TABLE = new Product(1, "a table", 3);

  private final ProductRepository repository = new ProductRepository();
  private final UnifiedJedis jedis =
      RedisClient.create(RedisServer.shared().host(), RedisServer.shared().port());
  private final RemoteStore redis = RedisStore.builder(jedis).namespace("migration").build();
  private final Origin database = Origin.named("shop-db").maxConcurrentLoads(16).build();
  private final TieredCache<Long, Product> products =
      TieredCache.<Long, Product>builder("products")
          .freshFor(Duration.ofMinutes(5))
          .absentFor(Duration.ofMinutes(1))
          .remote(redis, JacksonCodec.of(Product.class))
          .origin(database) // 16 loads at a time: the new cache begins empty
          .build();

  @BeforeEach
  void stockTheShop() {
    repository.save(TABLE);
    products.invalidateAll();
  }

  @AfterEach
  void close() {
    products.close();
    redis.close();
    jedis.close();
  }

  /** Cache-aside over two tiers, as it is written by hand. */
  private final class HandWritten {

    private final Cache<Long, Product> local =
        Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofMinutes(1)).build();

    @Nullable Product find(Long id) throws IOException {
      Product known = local.getIfPresent(id);
      if (known != null) {
        return known;
      }
      String json = jedis.get("product:" + id);
      Product product = json != null ? JSON.readValue(json, Product.class) : repository.find(id);
      if (product == null) {
        return null;
      }
      if (json == null) {
        jedis.set("product:" + id, JSON.writeValueAsString(product), SetParams.setParams().ex(300));
      }
      local.put(id, product);
      return product;
    }

    void changed(Long id) {
      jedis.del("product:" + id);
      local.invalidate(id);
    }
  }

  private @Nullable Product find(Long id) {
    return products.get(id, repository::find);
  }

  private void changed(Long id) {
    products.invalidate(id); // after the commit, as before
  }

  @Test
  void byHand() throws IOException {
    HandWritten old = new HandWritten();
    old.changed(1L);

    assertThat(old.find(1L)).isEqualTo(find(1L)).isEqualTo(TABLE);
    repository.save(new Product(1, "a table", 2));
    old.changed(1L);
    changed(1L);
    assertThat(old.find(1L)).isEqualTo(find(1L)).isEqualTo(new Product(1, "a table", 2));
  }

  /** Both at once, by a share of the keys. */
  private final class Shop {

    private final HandWritten old = new HandWritten();
    private int share;

    @Nullable Product find(Long id) throws IOException {
      return id % 100 < share ? products.get(id, repository::find) : old.find(id);
    }

    void changed(Long id) { // after the commit: both, until nobody reads the old one any more
      old.changed(id);
      products.invalidate(id);
    }
  }

  @Test
  void bothAtOnce() throws IOException {
    Shop shop = new Shop();
    shop.changed(1L);
    shop.find(1L);
    assertThat(products.getIfPresent(1L)).isEmpty();

    shop.share = 2;
    assertThat(shop.find(1L)).isEqualTo(TABLE);
    assertThat(products.stats().loads()).isOne();
    repository.save(new Product(1, "a table", 2));
    shop.changed(1L);
    assertThat(shop.find(1L)).isEqualTo(new Product(1, "a table", 2));

    shop.share = 0; // back
    assertThat(shop.find(1L)).isEqualTo(new Product(1, "a table", 2));
  }

  @Test
  void fromCaffeine() {
    LoadingCache<Long, Product> before =
        Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(5))
            .refreshAfterWrite(Duration.ofMinutes(1))
            .build(this::load);
    assertThat(before.get(1L)).isEqualTo(TABLE);

    TieredCache<Long, Product> after =
        TieredCache.<Long, Product>builder("from-caffeine")
            .maximumSize(10_000)
            .freshFor(Duration.ofMinutes(1)) // refreshAfterWrite
            .staleFor(Duration.ofMinutes(4)) // and what is left to expireAfterWrite
            .build();

    assertThat(after.get(1L, repository::find)).isEqualTo(TABLE);
    assertThat(repository.reads()).containsExactly(1L, 1L);
    after.close();
  }

  private Product load(Long id) {
    return Objects.requireNonNull(repository.find(id));
  }

  @Test
  void fromRedisson() throws IOException {
    Config config = new Config();
    config
        .useSingleServer()
        .setAddress("redis://" + RedisServer.shared().host() + ":" + RedisServer.shared().port());
    RedissonClient redisson = Redisson.create(config);
    try {
      RLocalCachedMap<String, String> map =
          redisson.getLocalCachedMap(
              LocalCachedMapOptions.<String, String>name("products")
                  .codec(StringCodec.INSTANCE)
                  .syncStrategy(SyncStrategy.INVALIDATE)
                  .reconnectionStrategy(ReconnectionStrategy.CLEAR));
      map.fastRemove("1");

      assertThat(findLocked(map, 1L)).isEqualTo(products.get(1L, repository::find));
      assertThat(repository.reads()).containsExactly(1L, 1L);
    } finally {
      redisson.shutdown();
    }
  }

  private @Nullable Product findLocked(RLocalCachedMap<String, String> map, Long id)
      throws IOException {
    String json = map.get(id.toString());
    if (json == null) {
      RLock lock = map.getLock(id.toString());
      lock.lock();
      try {
        json = map.get(id.toString());
        if (json == null) {
          json = JSON.writeValueAsString(repository.find(id));
          map.fastPut(id.toString(), json);
        }
      } finally {
        lock.unlock();
      }
    }
    return JSON.readValue(json, Product.class);
  }

  @Test
  void warmingUp() {
    List<Long> popular = List.of(1L, 2L, 3L);

    products.getAll(popular, repository::findAll); // in batches, before requests come

    assertThat(products.get(1L, repository::find)).isEqualTo(TABLE);
    assertThat(repository.reads()).containsExactly(popular);
  }
}
