package dev.corral.spring;

import dev.corral.TieredCache;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;

/**
 * The caches of an application, by name. A name that none of them has is no cache: options belong
 * to a cache, and nothing is known of those of a name that was mistyped.
 *
 * <p>Thread-safe. Closes its caches when the application context is closed.
 */
public final class CorralCacheManager implements CacheManager, DisposableBean {

  private final Map<String, Cache> caches = new LinkedHashMap<>();
  private final Collection<TieredCache<Object, Object>> owned;

  /**
   * Creates a manager of some caches, which belong to it from now on.
   *
   * @throws IllegalArgumentException if two of them have the same name
   */
  public CorralCacheManager(Collection<TieredCache<Object, Object>> caches) {
    this(caches, UnaryOperator.identity());
  }

  /** Also gives each cache a front, such as one that waits for transactions. */
  CorralCacheManager(Collection<TieredCache<Object, Object>> caches, UnaryOperator<Cache> front) {
    owned = List.copyOf(caches);
    for (TieredCache<Object, Object> cache : owned) {
      if (this.caches.put(cache.name(), front.apply(new CorralCache(cache))) != null) {
        throw new IllegalArgumentException("two caches have the name " + cache.name());
      }
    }
  }

  @Override
  public @Nullable Cache getCache(String name) {
    return caches.get(name);
  }

  /** Returns the names in the order in which the caches were given. */
  @Override
  public Collection<String> getCacheNames() {
    return Collections.unmodifiableSet(caches.keySet());
  }

  @Override
  public void destroy() {
    owned.forEach(TieredCache::close);
  }
}
