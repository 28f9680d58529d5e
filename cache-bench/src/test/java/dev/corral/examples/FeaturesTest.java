package dev.corral.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.corral.BulkResult;
import dev.corral.CacheBuilder;
import dev.corral.LoadFailedException;
import dev.corral.LoadRejectedException;
import dev.corral.Loader;
import dev.corral.PartialLoadException;
import dev.corral.TieredCache;
import dev.corral.origin.CircuitBreaking;
import dev.corral.origin.Limit;
import dev.corral.origin.Origin;
import dev.corral.origin.Retries;
import dev.corral.stats.Stat;
import java.io.IOException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The examples of docs/features which need one process. Time is moved by hand. */
class FeaturesTest {

  private final ProductRepository repository = new ProductRepository();
  private long now;

  /** Completes a builder with this test's clock; refreshes run on the caller's thread. */
  private TieredCache<Long, Product> build(CacheBuilder<Long, Product> builder) {
    return builder.ticker(() -> now).executor(Runnable::run).random(() -> 0).build();
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void singleFlight() throws Exception {
    repository.save(new Product(1, "a table", 3));
    TieredCache<Long, Product> products =
        TieredCache.<Long, Product>builder("products").freshFor(Duration.ofMinutes(5)).build();

    CountDownLatch slow = new CountDownLatch(1);
    Loader<Long, Product> query =
        id -> {
          slow.await();
          return repository.find(id);
        };
    ExecutorService pool = Executors.newFixedThreadPool(100);
    List<Future<Product>> answers =
        IntStream.range(0, 100).mapToObj(i -> pool.submit(() -> products.get(1L, query))).toList();
    await().until(() -> products.stats().get(Stat.COALESCED) == 99);
    slow.countDown();

    for (Future<Product> answer : answers) {
      assertThat(answer.get()).isEqualTo(new Product(1, "a table", 3));
    }
    assertThat(repository.reads()).containsExactly(1L);
    pool.shutdown();

    Product table = products.get(1L, repository::find);
    assertThat(table).isEqualTo(new Product(1, "a table", 3));
    products.close();
  }

  @Test
  void staleWhileRevalidate() {
    repository.save(new Product(1, "a table", 3));
    TieredCache<Long, Product> products =
        build(
            TieredCache.<Long, Product>builder("products")
                .freshFor(Duration.ofMinutes(5)) // served as it is
                .staleFor(Duration.ofHours(1)) // then: served at once, while one refresh runs
            );
    products.get(1L, repository::find);
    repository.save(new Product(1, "a table", 2));
    pass(Duration.ofMinutes(6));

    Product stale = products.get(1L, repository::find);
    Product fresh = products.get(1L, repository::find);

    assertThat(stale).isEqualTo(new Product(1, "a table", 3));
    assertThat(fresh).isEqualTo(new Product(1, "a table", 2));
    pass(Duration.ofHours(2));
    Product gone = products.get(1L, Duration.ofSeconds(10), repository::find); // waits instead
    assertThat(gone).isEqualTo(fresh);
    assertThat(products.stats().get(Stat.STALE_HIT)).isOne();
    products.close();
  }

  @Test
  void jitterAndEarlyRefresh() {
    repository.save(new Product(1, "a table", 3));
    CacheBuilder<Long, Product> builder =
        TieredCache.<Long, Product>builder("products")
            .freshFor(Duration.ofMinutes(5))
            .jitter(0.2) // ends after 4 to 5 minutes
            .refreshAhead(); // and is loaded anew a little before that, if somebody asks
    TieredCache<Long, Product> products =
        builder.ticker(() -> now).random(() -> 0.5).executor(Runnable::run).build();
    Loader<Long, Product> dear =
        id -> {
          pass(Duration.ofSeconds(30));
          return repository.find(id);
        };
    products.get(1L, dear);

    pass(Duration.ofMinutes(4));
    products.get(1L, dear);
    assertThat(products.stats().get(Stat.REFRESH)).isZero();
    pass(Duration.ofSeconds(10)); // of the 270 s that the jitter has left; the load takes 30 s
    products.get(1L, dear);

    assertThat(products.stats().get(Stat.REFRESH)).isOne();
    assertThat(products.stats().get(Stat.LOCAL_HIT)).isEqualTo(2);
    assertThat(repository.reads()).hasSize(2);
    products.close();
  }

  @Test
  void absentValues() {
    TieredCache<Long, Product> products =
        build(
            TieredCache.<Long, Product>builder("products")
                .freshFor(Duration.ofMinutes(5))
                .absentFor(Duration.ofSeconds(30)) // "there is none" lives for less
            );

    Product none = products.get(404L, repository::find); // null: the loader returned null
    assertThat(none).isNull();
    products.get(404L, repository::find);
    assertThat(repository.reads()).containsExactly(404L);

    repository.save(new Product(404, "a late one", 1));
    products.invalidate(404L); // after the insert: nobody waits for the 30 seconds
    assertThat(products.get(404L, repository::find)).isNotNull();
    products.close();
  }

  @Test
  void failureMemory() {
    TieredCache<Long, Product> products =
        build(
            TieredCache.<Long, Product>builder("products")
                .freshFor(Duration.ofMinutes(5))
                .failureBackoff(Duration.ofMillis(200), Duration.ofSeconds(10)) // first, longest
            );
    assertThatExceptionOfType(LoadFailedException.class)
        .isThrownBy(() -> products.get(1L, FeaturesTest::refuse));

    try {
      products.get(1L, repository::find);
    } catch (LoadFailedException e) {
      Duration wait = e.retryAfter().orElse(Duration.ZERO); // for a Retry-After header, say
      assertThat(wait).isPositive().isLessThanOrEqualTo(Duration.ofMillis(200));
    }

    assertThat(repository.reads()).isEmpty();
    pass(Duration.ofMillis(200));
    products.get(1L, repository::find);
    assertThat(repository.reads()).containsExactly(1L);
    assertThat(products.stats().get(Stat.BACKED_OFF)).isOne();
    products.close();
  }

  private static Product refuse(Long id) throws IOException {
    throw new IOException("connection refused for product " + id);
  }

  @Test
  void batches() {
    repository.save(new Product(1, "a table", 3));
    repository.save(new Product(2, "a lamp", 5));
    repository.lock(3L);
    TieredCache<Long, Product> products =
        build(
            TieredCache.<Long, Product>builder("products")
                .freshFor(Duration.ofMinutes(5))
                .maximumBatchSize(500) // of more, the loader is called several times
            );
    products.get(1L, repository::find);

    Map<Long, Product> page = products.getAll(List.of(1L, 2L), repository::findAll);
    assertThat(page).hasSize(2);
    assertThat(repository.reads()).containsExactly(1L, List.of(2L));

    BulkResult<Long, Product> each =
        products.getEach(
            List.of(2L, 3L),
            ids -> {
              throw new PartialLoadException(repository.findAll(ids), repository.lockedAmong(ids));
            });
    assertThat(each.values()).containsOnlyKeys(2L);
    assertThat(each.failures()).containsOnlyKeys(3L);
    products.close();
  }

  @Test
  void originProtection() {
    Origin database =
        Origin.named("shop-db")
            .maxConcurrentLoads(16)
            .maxQueuedLoads(200)
            .loadTimeout(Duration.ofSeconds(2))
            .retries(Retries.upTo(2).on(SQLTransientException.class)) // within a budget of 10 %
            .circuitBreaker(CircuitBreaking.defaults())
            .build();

    CacheBuilder<Long, Product> products =
        TieredCache.<Long, Product>builder("products")
            .freshFor(Duration.ofMinutes(5))
            .origin(database); // and the same for each cache that reads this database

    TieredCache<Long, Product> cache =
        products.failureBackoff(Duration.ofMillis(1), Duration.ofMillis(1)).build();
    for (long id = 0; id < 5; id++) {
      long failing = id;
      assertThatExceptionOfType(LoadFailedException.class)
          .isThrownBy(() -> cache.get(failing, FeaturesTest::refuse));
    }
    assertThatExceptionOfType(LoadRejectedException.class)
        .isThrownBy(() -> cache.get(9L, repository::find))
        .satisfies(busy -> assertThat(busy.limit()).isEqualTo(Limit.CIRCUIT_BREAKER));
    cache.close();
  }

  @Test
  void oneTier() {
    repository.save(new Product(1, "a table", 3));
    boolean switchedOff = true;
    TieredCache<Long, Product> here = // no remote(…): one tier
        TieredCache.<Long, Product>builder("products").freshFor(Duration.ofMinutes(5)).build();
    TieredCache<Long, Product> off = // by configuration
        TieredCache.<Long, Product>builder("products")
            .freshFor(Duration.ofMinutes(5))
            .disabled(switchedOff)
            .build();
    TieredCache<Long, Product> none = TieredCache.disabled("products"); // in a test

    for (TieredCache<Long, Product> cache : List.of(here, off, none)) {
      cache.get(1L, repository::find);
      cache.get(1L, repository::find);
      cache.close();
    }
    assertThat(repository.reads()).hasSize(1 + 2 + 2);
    assertThat(here.isDisabled()).isFalse();
    assertThat(none.isDisabled()).isTrue();
  }
}
