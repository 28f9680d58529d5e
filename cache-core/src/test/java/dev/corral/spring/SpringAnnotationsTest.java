package dev.corral.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.corral.LoadFailedException;
import dev.corral.TieredCache;
import dev.corral.codec.Codec;
import dev.corral.codec.JacksonCodec;
import dev.corral.remote.InMemoryRemoteServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.interceptor.CacheOperationInvoker.ThrowableWrapper;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Spring's own annotations, in contexts that each are a node. */
class SpringAnnotationsTest {

  /** What the nodes read from. */
  private static final class Rows {
    final AtomicInteger reads = new AtomicInteger();
    volatile @Nullable String row = "v";
    volatile @Nullable Exception failure;
    volatile @Nullable CountDownLatch held;

    @Nullable String read(long id) throws Exception {
      int read = reads.incrementAndGet();
      CountDownLatch latch = held;
      if (latch != null) {
        assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
      }
      Exception thrown = failure;
      if (thrown != null) {
        throw thrown;
      }
      String value = row;
      return value == null ? null : value + id + "#" + read;
    }
  }

  /** A service as an application has it. */
  static class Products {
    private final Rows rows;

    Products(Rows rows) {
      this.rows = rows;
    }

    @Cacheable(cacheNames = "products", sync = true)
    public @Nullable String find(long id) throws Exception {
      return rows.read(id);
    }

    @Cacheable(cacheNames = "products", sync = true)
    public CompletableFuture<@Nullable String> findLater(long id) {
      try {
        return CompletableFuture.completedFuture(rows.read(id));
      } catch (Exception e) {
        return CompletableFuture.failedFuture(e);
      }
    }

    @Cacheable("products")
    public @Nullable String findWithoutSync(long id) {
      String row = rows.row;
      return row == null ? null : (row.equals("v") ? "row" : row) + " " + id;
    }

    @CacheEvict("products")
    public void change(long id) {}

    @CacheEvict(cacheNames = "products", allEntries = true)
    public void changeAll() {}

    @Cacheable(cacheNames = "nobody's", sync = true)
    public String mistyped(long id) {
      return "v" + id;
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableCaching(proxyTargetClass = true)
  static class Caching {}

  private final InMemoryRemoteServer server = new InMemoryRemoteServer();
  private final Rows rows = new Rows();
  private final List<AnnotationConfigApplicationContext> contexts = new ArrayList<>();
  private final Products here = node();
  private final Products there = node();

  @AfterEach
  void close() {
    contexts.forEach(AnnotationConfigApplicationContext::close);
  }

  @SuppressWarnings("unchecked") // all values are strings
  private Products node() {
    TieredCache<Object, Object> cache =
        TieredCache.builder("products")
            .freshFor(Duration.ofMinutes(1))
            .absentFor(Duration.ofMinutes(1))
            .failureBackoff(Duration.ofMillis(1), Duration.ofMillis(1))
            .random(() -> 0)
            .remote(server.newNode(), (Codec<Object>) (Codec<?>) JacksonCodec.of(String.class))
            .build();
    var context = new AnnotationConfigApplicationContext();
    context.registerBean(Rows.class, () -> rows);
    context.registerBean(Products.class, () -> new Products(rows));
    context.registerBean(CacheManager.class, () -> new CorralCacheManager(List.of(cache)));
    context.register(Caching.class);
    context.refresh();
    contexts.add(context);
    return context.getBean(Products.class);
  }

  @Test
  void aMethodRunsOnceForAllNodes() throws Exception {
    assertThat(here.find(1)).isEqualTo("v1#1");
    assertThat(here.find(1)).isEqualTo("v1#1");
    assertThat(there.find(1)).isEqualTo("v1#1");
  }

  @Test
  void callersWhoComeTogetherShareOneRun() throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    rows.held = latch;
    List<CompletableFuture<@Nullable String>> callers = new ArrayList<>();
    for (Products node : List.of(here, here, there, there)) {
      callers.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return node.find(1);
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              },
              task -> new Thread(task).start()));
    }

    latch.countDown();

    for (CompletableFuture<@Nullable String> caller : callers) {
      assertThat(caller.get(30, TimeUnit.SECONDS)).isEqualTo("v1#1");
    }
  }

  @Test
  void whatTheOriginDoesNotHaveIsRememberedToo() throws Exception {
    rows.row = null;

    assertThat(here.find(1)).isNull();
    assertThat(here.find(1)).isNull();
    assertThat(there.find(1)).isNull();

    assertThat(rows.reads).hasValue(1);
  }

  @Test
  void anEvictionHoldsOnAllNodes() throws Exception {
    here.find(1);
    there.find(1);
    there.find(2);

    here.change(1);

    assertThat(there.find(1)).isEqualTo("v1#3");
    assertThat(there.find(2)).isEqualTo("v2#2");
  }

  @Test
  void anEvictionOfAllEntriesHoldsOnAllNodes() throws Exception {
    here.find(1);
    there.find(2);

    there.changeAll();

    assertThat(here.find(1)).isEqualTo("v1#3");
    assertThat(here.find(2)).isEqualTo("v2#4");
  }

  @Test
  void aPutIsSeenByAllNodes() throws Exception {
    there.find(1);

    CacheManager manager = contexts.get(0).getBean(CacheManager.class);
    Objects.requireNonNull(manager.getCache("products")).put(1L, "put");

    assertThat(there.find(1)).isEqualTo("put");
    assertThat(here.find(1)).isEqualTo("put");
  }

  @Test
  void whatTheMethodThrowsIsThrown() {
    rows.failure = new IOException("down");

    assertThatExceptionOfType(IOException.class).isThrownBy(() -> here.find(1)).withMessage("down");
  }

  @Test
  void whatAMethodThrowsKeepsItsTypeWithinTheCache() {
    assertThatExceptionOfType(LoadFailedException.class)
        .isThrownBy(() -> products().get(1L, key -> wrapped()))
        .satisfies(e -> assertThat(e.getCause()).isInstanceOf(ThrowableWrapper.class));

    assertThatExceptionOfType(Cache.ValueRetrievalException.class)
        .isThrownBy(() -> new CorralCache(products()).get(2L, SpringAnnotationsTest::wrapped))
        .withCauseExactlyInstanceOf(IOException.class);
  }

  private static Object wrapped() {
    throw new ThrowableWrapper(new IOException("down"));
  }

  @Test
  void aCallerOfTheCacheItselfSeesWhatItsCallableThrew() {
    assertThatExceptionOfType(Cache.ValueRetrievalException.class)
        .isThrownBy(
            () ->
                new CorralCache(products())
                    .get(
                        5L,
                        () -> {
                          throw new IOException("down");
                        }))
        .withCauseExactlyInstanceOf(IOException.class);
  }

  @Test
  void withoutSyncEitherTierIsFound() {
    assertThat(here.findWithoutSync(1)).isEqualTo("row 1");
    rows.row = "changed";

    assertThat(here.findWithoutSync(1)).isEqualTo("row 1");
    assertThat(there.findWithoutSync(1)).isEqualTo("row 1");

    there.change(1);
    assertThat(here.findWithoutSync(1)).isEqualTo("changed 1");
  }

  @Test
  void withoutSyncAnAbsentValueIsFoundToo() throws Exception {
    rows.row = null;
    assertThat(here.find(1)).isNull();
    rows.row = "new";

    assertThat(here.findWithoutSync(1)).isNull();
    assertThat(there.findWithoutSync(1)).isNull();
  }

  private TieredCache<Object, Object> products() {
    Cache cache = contexts.get(0).getBean(CacheManager.class).getCache("products");
    return ((CorralCache) Objects.requireNonNull(cache)).getNativeCache();
  }

  @Test
  void aMethodThatAnswersLaterIsCachedByItsOutcome() throws Exception {
    assertThat(here.findLater(1).get(30, TimeUnit.SECONDS)).isEqualTo("v1#1");
    assertThat(here.findLater(1).get(30, TimeUnit.SECONDS)).isEqualTo("v1#1");
    assertThat(there.find(1)).isEqualTo("v1#1");
  }

  @Test
  void aNameThatNobodyHasIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> here.mistyped(1))
        .withMessageContaining("nobody's");
  }

  @Test
  void twoCachesOfOneNameAreRefused() {
    TieredCache<Object, Object> one = TieredCache.disabled("same");
    TieredCache<Object, Object> two = TieredCache.disabled("same");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CorralCacheManager(List.of(one, two)))
        .withMessageContaining("same");
  }
}
