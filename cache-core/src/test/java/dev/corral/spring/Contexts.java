package dev.corral.spring;

import dev.corral.TieredCache;
import java.util.List;
import org.springframework.cache.CacheManager;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Contexts of Spring with one cache, for tests that put beans of their own into them. */
final class Contexts {

  private Contexts() {}

  /** Starts a context with a cache, which it closes, and what the classes are or configure. */
  static AnnotationConfigApplicationContext with(
      TieredCache<Object, Object> cache, Class<?>... classes) {
    var context = new AnnotationConfigApplicationContext();
    context.registerBean(CacheManager.class, () -> new CorralCacheManager(List.of(cache)));
    context.register(classes);
    context.refresh();
    return context;
  }
}
