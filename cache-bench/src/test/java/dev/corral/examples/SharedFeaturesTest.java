package dev.corral.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.corral.CacheListener;
import dev.corral.InvalidationOrigin;
import dev.corral.TieredCache;
import dev.corral.codec.JacksonCodec;
import dev.corral.idempotency.Executed;
import dev.corral.idempotency.Fingerprint;
import dev.corral.idempotency.Idempotency;
import dev.corral.idempotency.IdempotencyKey;
import dev.corral.redis.RedisIdempotencyStore;
import dev.corral.redis.RedisStore;
import dev.corral.remote.RemoteStore;
import dev.corral.servers.RedisServer;
import dev.corral.stats.Stat;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;

/** The examples of docs/features in which nodes share a Redis, a real one. */
class SharedFeaturesTest {

  private final ProductRepository repository = new ProductRepository();
  private final UnifiedJedis jedis =
      RedisClient.create(RedisServer.shared().host(), RedisServer.shared().port());
  private final RemoteStore redis = RedisStore.builder(jedis).namespace("features").build();
  private final Queue<String> log = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void stockTheShop() {
    repository.save(new Product(1, "a table", 3));
    repository.save(new Product(2, "a lamp", 5));
  }

  @AfterEach
  void close() {
    redis.close();
    jedis.close();
  }

  /** Returns a node's cache. */
  private TieredCache<Long, Product> node(RemoteStore redis) {
    TieredCache<Long, Product> products =
        TieredCache.<Long, Product>builder("products")
            .freshFor(Duration.ofMinutes(5))
            .remote(redis, JacksonCodec.of(Product.class))
            .leaseTime(Duration.ofSeconds(3)) // how long the others wait if this node dies
            .build();
    return products;
  }

  @Test
  void leases() throws Exception {
    try (UnifiedJedis otherJedis =
            RedisClient.create(RedisServer.shared().host(), RedisServer.shared().port());
        RemoteStore otherRedis = RedisStore.builder(otherJedis).namespace("features").build();
        TieredCache<Long, Product> one = node(redis);
        TieredCache<Long, Product> other = node(otherRedis)) {
      one.invalidateAll();
      CountDownLatch loading = new CountDownLatch(1);
      CountDownLatch slow = new CountDownLatch(1);

      CompletableFuture<Product> first =
          one.getAsync(
              1L,
              id -> {
                loading.countDown();
                slow.await();
                return repository.find(id);
              });
      loading.await();
      CompletableFuture<Product> second = other.getAsync(1L, repository::find);
      await().until(() -> other.stats().get(Stat.REMOTE_WAIT) == 1);
      slow.countDown();

      assertThat(second.get()).isEqualTo(first.get());
      assertThat(repository.reads()).containsExactly(1L);
    }
  }

  @Test
  void invalidation() {
    TieredCache<Long, Product> products =
        TieredCache.<Long, Product>builder("hooked")
            .freshFor(Duration.ofMinutes(5))
            .remote(redis, JacksonCodec.of(Product.class))
            .listener(
                new CacheListener<Long, Product>() {
                  @Override
                  public void invalidated(Long id, InvalidationOrigin origin) {
                    log.add("product " + id + " was dropped, told by " + origin);
                  }
                })
            .build();
    products.invalidateAll();
    products.get(1L, repository::find);

    repository.sell(1L, 1);
    products.invalidate(1L); // after the commit

    assertThat(products.get(1L, repository::find)).isEqualTo(new Product(1, "a table", 2));
    assertThat(log).containsExactly("product 1 was dropped, told by LOCAL");
    products.close();
  }

  @Test
  void writes() {
    try (TieredCache<Long, Product> products = node(redis)) {
      products.invalidateAll();
      products.get(1L, repository::find);
      products.get(2L, repository::find);

      products.write(1L, new Product(1, "a table", 9), (id, product) -> repository.save(product));
      products.change(2L, () -> repository.sell(2L, 1)); // the next get loads

      assertThat(products.get(1L, repository::find)).isEqualTo(new Product(1, "a table", 9));
      assertThat(products.get(2L, repository::find)).isEqualTo(new Product(2, "a lamp", 4));
      assertThat(repository.reads()).containsExactly(1L, 2L, 2L);
    }
  }

  @Test
  void tags() {
    TieredCache<Long, Product> products =
        TieredCache.<Long, Product>builder("by-supplier")
            .freshFor(Duration.ofMinutes(5))
            .remote(redis, JacksonCodec.of(Product.class))
            .tags((id, product) -> List.of("supplier:" + product.name().length()))
            .build();
    products.invalidateAll();
    products.get(1L, repository::find);
    products.get(2L, repository::find);

    products.invalidateTag("supplier:7"); // one round trip, however many products

    products.get(1L, repository::find);
    products.get(2L, repository::find);
    assertThat(repository.reads()).containsExactly(1L, 2L, 1L);
    products.close();
  }

  @Test
  void idempotencyKeys() {
    Idempotency<Product> sales =
        Idempotency.builder(
                RedisIdempotencyStore.builder(jedis).namespace("features").build(),
                JacksonCodec.of(Product.class))
            .build();
    String header = "order-" + System.nanoTime();
    byte[] request = "one lamp".getBytes(UTF_8);

    for (int i = 0; i < 2; i++) {
      Executed<Product> sold =
          sales.execute(
              IdempotencyKey.of("acme", "sell", header), // from the client's header
              Fingerprint.of(request),
              attempt -> sellOne(2L));
      assertThat(sold.value()).isEqualTo(new Product(2, "a lamp", 4));
      assertThat(sold.replayed()).isEqualTo(i == 1);
    }
    sales.close();
  }

  private Product sellOne(Long id) {
    repository.sell(id, 1);
    return Objects.requireNonNull(repository.find(id));
  }
}
