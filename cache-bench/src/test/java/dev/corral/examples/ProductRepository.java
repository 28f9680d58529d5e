package dev.corral.examples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The origin of the examples. */
final class ProductRepository {

  private final Map<Long, Product> products = new HashMap<>();
  private final List<Object> reads = new ArrayList<>();
  private final Set<Long> locked = new HashSet<>();

  @Nullable Product find(Long id) {
    reads.add(id);
    return products.get(id);
  }

  Map<Long, Product> findAll(Collection<? extends Long> ids) {
    reads.add(List.copyOf(ids));
    Map<Long, Product> found = new HashMap<>(products);
    found.keySet().retainAll(ids);
    return found;
  }

  /** Locks the row of a product. */
  void lock(Long id) {
    locked.add(id);
  }

  Map<Long, Exception> lockedAmong(Collection<? extends Long> ids) {
    Map<Long, Exception> failures = new HashMap<>();
    locked.stream()
        .filter(ids::contains)
        .forEach(id -> failures.put(id, new IOException("product " + id + " is locked")));
    return failures;
  }

  /** Returns the product only if it is not the one that the caller has. */
  Optional<Product> findIfChanged(Long id, Optional<Product> known) {
    reads.add(id);
    return Optional.ofNullable(products.get(id)).filter(found -> !known.equals(Optional.of(found)));
  }

  void save(Product product) {
    products.put(product.id(), product);
  }

  void delete(Long id) {
    products.remove(id);
  }

  void sell(Long id, int count) {
    products.computeIfPresent(
        id, (key, sold) -> new Product(key, sold.name(), sold.stock() - count));
  }

  /** What was asked of this repository, in order. */
  List<Object> reads() {
    return reads;
  }
}
