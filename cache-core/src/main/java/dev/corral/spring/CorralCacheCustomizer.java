package dev.corral.spring;

import dev.corral.CacheBuilder;

/**
 * A bean that sets options of caches which properties cannot set, such as a codec, an origin or a
 * listener. Called for each cache, after its properties and before it is built.
 */
@FunctionalInterface
public interface CorralCacheCustomizer {

  /** Sets options of a cache, whose name is {@link CacheBuilder#name}. */
  void customize(CacheBuilder<Object, Object> builder);
}
