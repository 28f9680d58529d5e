package dev.corral.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.TieredCache;
import dev.corral.stats.Stat;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Configuration;

/** What a method without {@code sync} costs the cluster when it finds nothing. */
class NotFoundWithoutSyncTest {

  @Configuration(proxyBeanMethods = false)
  @EnableCaching(proxyTargetClass = true)
  static class Caching {}

  static class Products {

    @Cacheable("products")
    public @Nullable String find(long id) {
      return id < 0 ? "v" : null;
    }

    @Cacheable(cacheNames = "products", unless = "#result == null")
    public @Nullable String findAndTellNobody(long id) {
      return id < 0 ? "v" : null;
    }
  }

  private final TieredCache<Object, Object> cache =
      TieredCache.builder("products").freshFor(Duration.ofMinutes(1)).build();

  @Test
  void eachIsAnInvalidation() {
    try (var context = Contexts.with(cache, Caching.class, Products.class)) {
      Products products = context.getBean(Products.class);

      assertThat(products.find(1)).isNull();
      assertThat(products.find(1)).isNull();

      assertThat(cache.stats().get(Stat.INVALIDATION_SENT)).isEqualTo(2);
    }
  }

  @Test
  void noneIsWhereNullIsNotPut() {
    try (var context = Contexts.with(cache, Caching.class, Products.class)) {
      Products products = context.getBean(Products.class);

      assertThat(products.findAndTellNobody(1)).isNull();
      assertThat(products.findAndTellNobody(-1)).isEqualTo("v");
      assertThat(products.findAndTellNobody(-1)).isEqualTo("v");

      assertThat(cache.stats().get(Stat.INVALIDATION_SENT)).isZero();
      assertThat(cache.stats().get(Stat.PUT)).isEqualTo(1);
    }
  }
}
