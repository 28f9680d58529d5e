package dev.corral.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.TieredCache;
import dev.corral.origin.Origin;
import dev.corral.spring.CorralCacheCustomizer;
import dev.corral.spring.CorralCacheManager;
import dev.corral.spring.RepeatableCacheAdvice;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The examples of docs/spring.md. */
class SpringTest {

  @Configuration(proxyBeanMethods = false)
  @EnableCaching(proxyTargetClass = true)
  static class Application {

    @Bean
    Shop shop() {
      return new Shop();
    }

    @Bean
    Origin database() {
      return Origin.named("db").build();
    }

    @Bean
    CorralCacheCustomizer limits(Origin database) {
      return builder -> builder.origin(database);
    }

    @Bean
    static RepeatableCacheAdvice repeatableCacheAdvice() {
      return new RepeatableCacheAdvice();
    }

    @Bean
    CacheManager caches(CorralCacheCustomizer limits) {
      var builder = TieredCache.<Object, Object>builder("products").freshFor(Duration.ofMinutes(5));
      limits.customize(builder);
      return new CorralCacheManager(List.of(builder.build()));
    }
  }

  static class Shop {
    final ProductRepository repository = new ProductRepository();

    void save(Product product) {
      repository.save(product);
    }

    @Cacheable(cacheNames = "products", sync = true)
    public @Nullable Product find(long id) {
      return repository.find(id);
    }

    @CacheEvict("products")
    public void delete(long id) {
      repository.delete(id);
    }

    @Cacheable(cacheNames = "products", unless = "#result == null")
    public @Nullable Product findWithoutSync(long id) {
      return repository.find(id);
    }
  }

  @Test
  void annotations() {
    try (var context = new AnnotationConfigApplicationContext(Application.class)) {
      Shop shop = context.getBean(Shop.class);
      shop.save(new Product(1, "a table", 3));

      assertThat(shop.find(1)).isSameAs(shop.find(1));
      shop.delete(1);
      assertThat(shop.find(1)).isNull();
      assertThat(shop.findWithoutSync(1)).isNull();
    }
  }
}
