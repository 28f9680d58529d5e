package dev.corral.examples.shop;

import dev.corral.redis.RedisStore;
import dev.corral.remote.RemoteStore;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Bean;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;

@SpringBootApplication
@EnableCaching
class ShopApplication {

  public static void main(String[] args) {
    SpringApplication.run(ShopApplication.class, args);
  }

  @Bean
  UnifiedJedis jedis(@Value("${shop.redis}") String url) {
    return RedisClient.create(url);
  }

  @Bean
  RemoteStore redis(UnifiedJedis jedis) {
    return RedisStore.builder(jedis).namespace("shop").build();
  }
}
