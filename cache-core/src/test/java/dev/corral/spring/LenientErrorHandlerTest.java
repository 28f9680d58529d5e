package dev.corral.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.corral.LoadRejectedException;
import dev.corral.TieredCache;
import dev.corral.origin.CircuitBreaking;
import dev.corral.origin.Origin;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.cache.Cache;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.CachingConfigurer;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.interceptor.CacheErrorHandler;
import org.springframework.cache.interceptor.LoggingCacheErrorHandler;
import org.springframework.context.annotation.Configuration;

/** An application that would rather run the method than fail for its cache. */
class LenientErrorHandlerTest {

  @Configuration(proxyBeanMethods = false)
  @EnableCaching(proxyTargetClass = true)
  static class Lenient implements CachingConfigurer {

    @Override
    public CacheErrorHandler errorHandler() {
      return new LoggingCacheErrorHandler();
    }
  }

  static class Products {
    private final AtomicInteger reads = new AtomicInteger();
    private volatile boolean down;

    @Cacheable(cacheNames = "products", sync = true)
    public String find(long id) throws IOException {
      reads.incrementAndGet();
      if (down) {
        throw new IOException("down");
      }
      return "v" + id;
    }

    int reads() {
      return reads.get();
    }

    void setDown(boolean down) {
      this.down = down;
    }
  }

  @Test
  void anOpenBreakerKeepsTheMethodFromBeingRun() throws Exception {
    Origin origin =
        Origin.named("db").circuitBreaker(CircuitBreaking.defaults().failures(1)).build();
    TieredCache<Object, Object> cache =
        TieredCache.builder("products").freshFor(Duration.ofMinutes(1)).origin(origin).build();
    try (var context = Contexts.with(cache, Lenient.class, Products.class)) {
      Products products = context.getBean(Products.class);
      products.setDown(true);
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> products.find(2));
      products.setDown(false);

      assertThatExceptionOfType(LoadRejectedException.class).isThrownBy(() -> products.find(1));

      assertThat(products.reads()).isEqualTo(1);
    }
  }

  @Test
  void anOriginWithoutRoomKeepsTheMethodFromBeingRun() throws Exception {
    Origin origin = Origin.named("db").maxConcurrentLoads(1).maxQueuedLoads(0).build();
    TieredCache<Object, Object> cache =
        TieredCache.builder("products").freshFor(Duration.ofMinutes(1)).origin(origin).build();
    try (var context = Contexts.with(cache, Lenient.class, Products.class)) {
      Products products = context.getBean(Products.class);
      CountDownLatch running = new CountDownLatch(1);
      CountDownLatch end = new CountDownLatch(1);
      CompletableFuture<@Nullable Object> load =
          cache.getAsync(
              2L,
              key -> {
                running.countDown();
                end.await();
                return "late";
              });
      assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();

      assertThatExceptionOfType(LoadRejectedException.class).isThrownBy(() -> products.find(1));

      assertThat(products.reads()).isZero();
      end.countDown();
      assertThat(load.get(30, TimeUnit.SECONDS)).isEqualTo("late");
    }
  }

  @Test
  void whoCallsTheCacheItselfFindsTheRejectionAsTheCause() {
    Origin origin =
        Origin.named("db").circuitBreaker(CircuitBreaking.defaults().failures(1)).build();
    try (TieredCache<Object, Object> cache =
        TieredCache.builder("products").freshFor(Duration.ofMinutes(1)).origin(origin).build()) {
      CorralCache products = new CorralCache(cache);
      assertThatExceptionOfType(Cache.ValueRetrievalException.class)
          .isThrownBy(() -> products.get(2L, LenientErrorHandlerTest::down))
          .withCauseExactlyInstanceOf(IOException.class);

      assertThatExceptionOfType(Cache.ValueRetrievalException.class)
          .isThrownBy(() -> products.get(1L, () -> "v"))
          .withCauseExactlyInstanceOf(LoadRejectedException.class);
    }
  }

  private static Object down() throws IOException {
    throw new IOException("down");
  }
}
