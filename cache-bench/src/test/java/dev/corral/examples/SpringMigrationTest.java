package dev.corral.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.TieredCache;
import dev.corral.codec.Codec;
import dev.corral.codec.JacksonCodec;
import dev.corral.redis.RedisStore;
import dev.corral.remote.RemoteStore;
import dev.corral.servers.RedisServer;
import dev.corral.spring.CorralCacheManager;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.cache.RedisCacheConfiguration;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;

/** The example of docs/migration.md that comes from Spring Cache: one service, before and after. */
class SpringMigrationTest {

  static class Shop {
    final ProductRepository repository = new ProductRepository();

    @Cacheable(cacheNames = "products", sync = true)
    public @Nullable Product find(long id) {
      return repository.find(id);
    }

    @CacheEvict("products")
    public void changed(long id) {}

    ProductRepository repository() {
      return repository;
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableCaching(proxyTargetClass = true)
  static class Before {

    @Bean
    Shop shop() {
      return new Shop();
    }

    @Bean
    RedisConnectionFactory connections() {
      return new LettuceConnectionFactory(
          LettuceConnectionFactory.createRedisConfiguration(
              RedisURI.create(RedisServer.shared().uri().toString())));
    }

    @Bean
    CacheManager caches(RedisConnectionFactory connections) {
      return RedisCacheManager.builder(connections)
          .cacheDefaults(
              RedisCacheConfiguration.defaultCacheConfig().entryTtl(Duration.ofMinutes(5)))
          .build();
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableCaching(proxyTargetClass = true)
  static class After {

    @Bean
    Shop shop() {
      return new Shop();
    }

    @Bean
    UnifiedJedis jedis() {
      return RedisClient.create(RedisServer.shared().host(), RedisServer.shared().port());
    }

    @Bean
    RemoteStore redis(UnifiedJedis jedis) {
      return RedisStore.builder(jedis).namespace("shop").build();
    }

    @Bean
    CacheManager caches(RemoteStore redis) {
      return new CorralCacheManager(
          List.of(
              TieredCache.<Object, Object>builder("products")
                  .freshFor(Duration.ofMinutes(5))
                  .absentFor(Duration.ofMinutes(1))
                  .remote(redis, jsonOf(Product.class))
                  .build()));
    }

    @SuppressWarnings("unchecked") // the values of this cache are of this type
    private static Codec<Object> jsonOf(Class<?> type) {
      return (Codec<Object>) JacksonCodec.of(type);
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {Before.class, After.class})
  void theServiceStaysAsItIs(Class<?> configuration) {
    try (var context = new AnnotationConfigApplicationContext(configuration)) {
      Shop shop = context.getBean(Shop.class);
      shop.changed(1);
      shop.repository().save(new Product(1, "a table", 3));

      assertThat(shop.find(1)).isEqualTo(new Product(1, "a table", 3));
      assertThat(shop.find(1)).isEqualTo(new Product(1, "a table", 3));

      assertThat(shop.repository().reads()).containsExactly(1L);
    }
  }
}
