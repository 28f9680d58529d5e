package dev.corral.examples.shop;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.stereotype.Service;

/** The shop's service, whose table is a map. */
@Service
class Products {

  private final Map<Long, Product> rows = new ConcurrentHashMap<>();
  private final AtomicInteger reads = new AtomicInteger();

  @Cacheable(cacheNames = "products", sync = true)
  public @Nullable Product find(long id) {
    reads.incrementAndGet();
    return rows.get(id);
  }

  @CacheEvict(cacheNames = "products", key = "#p0.id()")
  public void save(Product product) {
    rows.put(product.id(), product);
  }

  int reads() {
    return reads.get();
  }
}
