package dev.corral.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.BulkResult;
import dev.corral.CacheListener;
import dev.corral.CorralException;
import dev.corral.Freshness;
import dev.corral.PartialLoadException;
import dev.corral.TieredCache;
import dev.corral.Undelivered;
import dev.corral.UndeliveredException;
import dev.corral.codec.AesGcmCodec;
import dev.corral.codec.AesGcmKeys;
import dev.corral.codec.DeflateCodec;
import dev.corral.codec.JacksonCodec;
import dev.corral.codec.KeyCodec;
import dev.corral.redis.RedisStore;
import dev.corral.remote.RemoteStore;
import dev.corral.servers.RedisServer;
import dev.corral.stats.CacheStats;
import dev.corral.stats.Stat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;

/** The examples of docs/using.md. */
class UsingTest {

  private final ProductRepository repository = new ProductRepository();
  private final List<String> log = new ArrayList<>();
  private final UnifiedJedis jedis =
      RedisClient.create(RedisServer.shared().host(), RedisServer.shared().port());
  private final RemoteStore redis = RedisStore.builder(jedis).namespace("using").build();
  private final TieredCache<Long, Product> products =
      TieredCache.<Long, Product>builder("products")
          .freshFor(Duration.ofMinutes(5))
          .remote(redis, JacksonCodec.of(Product.class))
          .build();

  @BeforeEach
  void stockTheShop() {
    repository.save(new Product(1, "a table", 3));
    repository.save(new Product(2, "a lamp", 0));
    products.invalidateAll();
  }

  @AfterEach
  void close() {
    products.close();
    redis.close();
    jedis.close();
  }

  @Test
  void reading() throws Exception {
    Product table = products.get(1L, repository::find);
    Product justNow = products.get(1L, Duration.ofSeconds(1), repository::find);
    Map<Long, Product> both = products.getAll(List.of(1L, 2L), repository::findAll);
    Optional<Product> held = products.getIfPresent(1L);
    CompletableFuture<Product> later = products.getAsync(1L, repository::find);

    assertThat(table).isEqualTo(new Product(1, "a table", 3));
    assertThat(justNow).isEqualTo(table);
    assertThat(both).hasSize(2).containsEntry(1L, table);
    // Empty if the cache began to listen in mid-example, and has to check what it held before.
    held.ifPresent(product -> assertThat(product).isEqualTo(justNow));
    assertThat(later.get()).isEqualTo(table);
    assertThat(repository.reads()).containsExactly(1L, List.of(2L));
  }

  @Test
  void batches() {
    repository.lock(2L);
    BulkResult<Long, Product> result = products.getEach(List.of(1L, 2L, 3L), this::findUnlocked);
    Map<Long, Product> found = result.values();
    Map<Long, CorralException> failed = result.failures();

    assertThat(found).containsOnlyKeys(1L);
    assertThat(failed).containsOnlyKeys(2L);
    assertThat(failed.get(2L)).hasMessageContaining("product 2 is locked");
  }

  Map<Long, Product> findUnlocked(Set<? extends Long> ids) throws PartialLoadException {
    Map<Long, Product> found = repository.findAll(ids);
    Map<Long, Exception> locked = repository.lockedAmong(ids);
    if (!locked.isEmpty()) {
      throw new PartialLoadException(found, locked);
    }
    return found;
  }

  @Test
  void writing() throws Exception {
    repository.save(new Product(1, "a table", 2));
    products.invalidate(1L); // after the change is committed

    products.put(2L, new Product(2, "a lamp", 10));
    CompletableFuture<Product> renewed = products.refresh(1L, repository::find);

    assertThat(renewed.get()).isEqualTo(new Product(1, "a table", 2));
    assertThat(products.get(2L, repository::find)).isEqualTo(new Product(2, "a lamp", 10));
    assertThat(products.get(1L, repository::find)).isEqualTo(new Product(1, "a table", 2));
  }

  @Test
  void changing() {
    repository.save(new Product(2, "a lamp", 5));
    products.get(2L, repository::find);

    products.write(1L, new Product(1, "a table", 1), (id, product) -> repository.save(product));
    products.change(2L, () -> repository.sell(2L, 3));

    assertThat(products.get(1L, id -> null)).isEqualTo(new Product(1, "a table", 1));
    assertThat(products.get(2L, repository::find)).isEqualTo(new Product(2, "a lamp", 2));
  }

  @Test
  void undelivered() {
    TieredCache<Long, Product> strict =
        TieredCache.<Long, Product>builder("strict")
            .freshFor(Duration.ofMinutes(5))
            .remote(redis, JacksonCodec.of(Product.class))
            .onUndelivered(Undelivered.THROW)
            .build();
    try {
      strict.invalidateAll(List.of(1L, 2L));
    } catch (UndeliveredException e) {
      log.add("Other nodes may serve " + e.keys() + " for a while");
    }

    assertThat(log).isEmpty();
    assertThat(strict.pendingInvalidations()).isZero();
    strict.close();
  }

  @Test
  void tagging() {
    TieredCache<Long, Product> tagged =
        TieredCache.<Long, Product>builder("tagged")
            .freshFor(Duration.ofMinutes(5))
            .remote(redis, JacksonCodec.of(Product.class))
            .tags((id, product) -> List.of("stock:" + product.stock()))
            .build();

    tagged.get(
        1L,
        (id, context) -> {
          context.tags("customer:7");
          return repository.find(id);
        });
    tagged.invalidateTag("customer:7");

    repository.save(new Product(1, "a table", 8));
    assertThat(tagged.get(1L, repository::find)).isEqualTo(new Product(1, "a table", 8));
    tagged.invalidateTag("stock:8");
    assertThat(tagged.getIfPresent(1L)).isEmpty();
    tagged.close();
  }

  @Test
  void freshnessByValue() {
    TieredCache<Long, Product> byStock =
        TieredCache.<Long, Product>builder("by-stock")
            .freshness(
                (id, product) ->
                    product.stock() == 0
                        ? Freshness.fresh(Duration.ofSeconds(2))
                        : Freshness.fresh(Duration.ofMinutes(5)).thenStale(Duration.ofHours(1)))
            .absentFor(Duration.ofSeconds(30))
            .build();

    assertThat(byStock.get(3L, repository::find)).isNull();
    assertThat(byStock.get(3L, repository::find)).isNull();
    assertThat(byStock.get(2L, repository::find)).isNotNull();
    assertThat(repository.reads()).containsExactly(3L, 2L);
    byStock.close();
  }

  @Test
  void conditionalLoads() throws Exception {
    products.get(1L, repository::find);
    Product table =
        products
            .refresh(
                1L,
                (id, context) -> {
                  Optional<Product> changed = repository.findIfChanged(id, context.previous());
                  return changed.isPresent() ? changed.get() : context.notModified();
                })
            .get();

    assertThat(table).isEqualTo(new Product(1, "a table", 3));
    assertThat(repository.reads()).containsExactly(1L, 1L);
  }

  record Customer(long id, String name) {}

  @Test
  void wrappingValues() {
    SecretKey newKey = new SecretKeySpec(new byte[32], "AES");
    SecretKey oldKey = new SecretKeySpec(new byte[16], "AES");

    AesGcmKeys keys =
        AesGcmKeys.writing("2026-11", newKey) // its id is stored with each value
            .reading("2026-05", oldKey); // until the last value of before is gone
    TieredCache<Long, Customer> customers =
        TieredCache.<Long, Customer>builder("customers")
            .freshFor(Duration.ofMinutes(5))
            .remote(redis, AesGcmCodec.of(DeflateCodec.of(JacksonCodec.of(Customer.class)), keys))
            .maximumValueBytes(1024 * 1024)
            .build();
    customers.invalidateAll();

    Customer customer = new Customer(1, "Ada");
    assertThat(customers.get(1L, id -> customer)).isEqualTo(customer);
    assertThat(customers.stats().get(Stat.UNSHARED)).isZero();
    customers.close();
    try (TieredCache<Long, Customer> outdated = readers(oldKey)) {
      Customer anew = new Customer(1, "read anew");
      assertThat(outdated.get(1L, id -> anew)).isEqualTo(anew);
    }
  }

  /** Returns a cache of a node that never learnt of the new key. */
  private TieredCache<Long, Customer> readers(SecretKey oldKey) {
    return TieredCache.<Long, Customer>builder("customers")
        .freshFor(Duration.ofMinutes(5))
        .remote(
            redis,
            AesGcmCodec.of(
                DeflateCodec.of(JacksonCodec.of(Customer.class)),
                AesGcmKeys.writing("2026-05", oldKey)))
        .build();
  }

  @Test
  void listening() {
    TieredCache<Long, Product> told =
        TieredCache.<Long, Product>builder("told")
            .freshFor(Duration.ofMinutes(5))
            .listener(
                new CacheListener<Long, Product>() {
                  @Override
                  public void loadFailed(Long id, Throwable failure, Duration cost) {
                    log.add("No product " + id + ": " + failure.getMessage());
                  }
                })
            .build();
    told.get(1L, repository::find);

    CacheStats stats = told.stats();
    long hits = stats.hits();
    long stale = stats.get(Stat.STALE_HIT);

    assertThat(hits + stale).isZero();
    assertThat(stats.loads()).isOne();
    assertThat(log).isEmpty();
    told.close();
  }

  record Place(String country, int zip) {}

  @Test
  void keysOfYourOwn() {
    KeyCodec<Place> places =
        KeyCodec.of(
            place -> place.country() + "-" + place.zip(),
            text -> new Place(text.substring(0, 2), Integer.parseInt(text.substring(3))));
    TieredCache<Place, Product> nearest =
        TieredCache.<Place, Product>builder("nearest")
            .freshFor(Duration.ofMinutes(1))
            .keys(places)
            .remote(redis, JacksonCodec.of(Product.class))
            .schema("v2") // apart from what a release with other products stores
            .build();
    nearest.invalidateAll();

    assertThat(nearest.get(new Place("CH", 8001), place -> repository.find(1L)))
        .isEqualTo(new Product(1, "a table", 3));
    nearest.close();
  }
}
