package dev.corral.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.TieredCache;
import dev.corral.codec.JacksonCodec;
import dev.corral.redis.RedisStore;
import dev.corral.remote.RemoteStore;
import dev.corral.servers.RedisServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;

class ReadmeExampleTest {

  private final ProductRepository repository = new ProductRepository();

  @Test
  void theFirstExampleReadsTheDatabaseOnce() {
    repository.save(new Product(42, "a chair", 7));
    RedisServer server = RedisServer.shared();
    try (UnifiedJedis jedis = RedisClient.create(server.host(), server.port())) {
      firstExample(jedis);
    }
    assertThat(repository.reads()).containsExactly(42L);
  }

  private void firstExample(UnifiedJedis jedis) {
    RemoteStore redis = RedisStore.builder(jedis).namespace("shop").build(); // any UnifiedJedis

    TieredCache<Long, Product> products =
        TieredCache.<Long, Product>builder("products")
            .freshFor(Duration.ofMinutes(5))
            .staleFor(Duration.ofHours(1))
            .remote(
                redis,
                JacksonCodec.of(Product.class)) // left out: one tier, everything else the same
            .build();

    Product product = products.get(42L, repository::find); // in place of repository.find(42L)

    assertThat(product).isEqualTo(new Product(42, "a chair", 7));
    assertThat(products.get(42L, repository::find)).isEqualTo(product);
    products.invalidateAll();
    products.close();
    redis.close();
  }
}
