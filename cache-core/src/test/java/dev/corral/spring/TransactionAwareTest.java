package dev.corral.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.TieredCache;
import dev.corral.stats.Stat;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

class TransactionAwareTest {

  @Configuration(proxyBeanMethods = false)
  @EnableCaching(proxyTargetClass = true)
  static class Caching {}

  static class Products {

    @CacheEvict("products")
    public void change(long id) {}

    @CacheEvict(cacheNames = "products", allEntries = true)
    public void changeAll() {}

    @CachePut("products")
    public String save(long id) {
      return "saved " + id;
    }
  }

  /** Transactions of nothing. */
  private static final class Transactions extends AbstractPlatformTransactionManager {
    private static final long serialVersionUID = 1L;

    @Override
    protected Object doGetTransaction() {
      return this;
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {}

    @Override
    protected void doCommit(DefaultTransactionStatus status) {}

    @Override
    protected void doRollback(DefaultTransactionStatus status) {}
  }

  private final TransactionTemplate transaction = new TransactionTemplate(new Transactions());
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(CorralAutoConfiguration.class))
          .withPropertyValues("corral.caches.products.fresh-for=5m");

  private void run(boolean aware, BiConsumer<Products, TieredCache<Object, Object>> test) {
    runner
        .withUserConfiguration(Caching.class)
        .withBean(Products.class)
        .withPropertyValues("corral.transaction-aware=" + aware)
        .run(
            context ->
                test.accept(
                    context.getBean(Products.class),
                    products(context.getBean(CacheManager.class))));
  }

  @SuppressWarnings("unchecked") // as the cache's view has it
  private static TieredCache<Object, Object> products(CacheManager manager) {
    return (TieredCache<Object, Object>)
        Objects.requireNonNull(manager.getCache("products")).getNativeCache();
  }

  @Test
  void anEvictionWaitsForTheCommit() {
    run(
        true,
        (products, cache) -> {
          cache.put(1L, "v");

          transaction.executeWithoutResult(
              status -> {
                products.change(1);
                products.changeAll();
                assertThat(cache.stats().get(Stat.INVALIDATION_SENT)).isZero();
                assertThat(cache.getIfPresent(1L)).contains("v");
              });

          assertThat(cache.stats().get(Stat.INVALIDATION_SENT)).isEqualTo(2);
          assertThat(cache.getIfPresent(1L)).isEmpty();
        });
  }

  @Test
  void aRollbackEvictsAndPutsNothing() {
    run(
        true,
        (products, cache) -> {
          cache.put(1L, "v");

          transaction.executeWithoutResult(
              status -> {
                products.change(1);
                products.save(1);
                status.setRollbackOnly();
              });

          assertThat(cache.stats().get(Stat.INVALIDATION_SENT)).isZero();
          assertThat(cache.getIfPresent(1L)).contains("v");
        });
  }

  @Test
  void withoutATransactionItIsDoneAtOnce() {
    run(
        true,
        (products, cache) -> {
          products.save(1);
          assertThat(cache.getIfPresent(1L)).contains("saved 1");

          products.change(1);

          assertThat(cache.getIfPresent(1L)).isEmpty();
        });
  }

  @Test
  void whoDoesNotAskForItEvictsWithinTheTransaction() {
    run(
        false,
        (products, cache) ->
            transaction.executeWithoutResult(
                status -> {
                  products.change(1);
                  assertThat(cache.stats().get(Stat.INVALIDATION_SENT)).isEqualTo(1);
                }));
  }

  @Test
  void theManagerStaysTheOneThatClosesTheCaches() {
    runner
        .withPropertyValues("corral.transaction-aware=true")
        .run(context -> assertThat(context).hasSingleBean(CorralCacheManager.class));
  }

  @Test
  void whatItNeedsIsNamedWhereItIsMissing() {
    ApplicationContextRunner without =
        runner.withClassLoader(new FilteredClassLoader("org.springframework.cache.transaction"));
    without
        .withPropertyValues("corral.transaction-aware=true")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .hasMessageContaining("spring-context-support"));
    without.run(context -> assertThat(context).hasSingleBean(CorralCacheManager.class));
  }
}
