package dev.corral.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.alicp.jetcache.Cache;
import com.alicp.jetcache.CacheManager;
import com.alicp.jetcache.SimpleCacheManager;
import com.alicp.jetcache.anno.CacheConsts;
import com.alicp.jetcache.anno.CacheType;
import com.alicp.jetcache.embedded.CaffeineCacheBuilder;
import com.alicp.jetcache.support.Fastjson2KeyConvertor;
import com.alicp.jetcache.template.CacheBuilderTemplate;
import com.alicp.jetcache.template.QuickConfig;
import dev.corral.TieredCache;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The example of docs/migration.md that comes from JetCache, here with its local tier. */
class JetCacheMigrationTest {

  private final ProductRepository repository = new ProductRepository();

  @Test
  void fromJetCache() {
    repository.save(new Product(1, "a table", 3));
    SimpleCacheManager manager = new SimpleCacheManager();
    manager.setCacheBuilderTemplate(
        new CacheBuilderTemplate(
            false,
            Map.of(
                CacheConsts.DEFAULT_AREA,
                CaffeineCacheBuilder.createCaffeineCacheBuilder()
                    .keyConvertor(Fastjson2KeyConvertor.INSTANCE)),
            Map.of()));
    Cache<Long, Product> before = before(manager, CacheType.LOCAL);
    Product table = before.computeIfAbsent(1L, repository::find);

    try (TieredCache<Long, Product> after =
        TieredCache.<Long, Product>builder("products").freshFor(Duration.ofMinutes(5)).build()) {
      assertThat(after.get(1L, repository::find)).isEqualTo(table);
    }
    manager.close();
  }

  private static Cache<Long, Product> before(CacheManager manager, CacheType both) {
    Cache<Long, Product> products =
        manager.getOrCreateCache(
            QuickConfig.newBuilder("products:")
                .cacheType(both) // CacheType.BOTH
                .expire(Duration.ofMinutes(5))
                .penetrationProtect(true)
                .syncLocal(true)
                .build());
    return products;
  }
}
