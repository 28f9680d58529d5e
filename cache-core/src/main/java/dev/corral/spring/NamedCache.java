package dev.corral.spring;

import dev.corral.CacheBuilder;
import dev.corral.TieredCache;
import dev.corral.codec.Codec;
import dev.corral.remote.RemoteStore;
import dev.corral.spring.CorralProperties.CacheProperties;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A cache that properties name: what they say, as a builder takes it. */
final class NamedCache {

  private final String name;
  private final CacheProperties options;
  private final CacheBuilder<Object, Object> builder;

  NamedCache(String name, CacheProperties options) {
    this.name = name;
    this.options = options;
    this.builder = TieredCache.builder(name);
  }

  /**
   * Returns the builder of the cache.
   *
   * @param json how values of a class become bytes; null if there is no Jackson
   */
  CacheBuilder<Object, Object> builder(
      @Nullable RemoteStore store, @Nullable Function<Class<?>, Codec<Object>> json) {
    builder.disabled(!options.isEnabled());
    set(options.getFreshFor(), builder::freshFor);
    set(options.getStaleFor(), builder::staleFor);
    set(options.getAbsentFor(), builder::absentFor);
    set(options.getJitter(), builder::jitter);
    set(options.getRefreshAhead(), builder::refreshAhead);
    set(options.getMaximumSize(), builder::maximumSize);
    set(options.getLoadTimeout(), builder::loadTimeout);
    set(options.getSoftTimeout(), builder::softTimeout);
    set(options.getLeaseTime(), builder::leaseTime);
    setFailureBackoff();
    set(options.getSyncInterval(), builder::syncInterval);
    set(options.getOnUndelivered(), builder::onUndelivered);
    if (store != null && options.isRemote()) {
      builder.remote(store, codec(json));
    }
    // Also of a store that a customizer adds. Without any, the builder refuses them.
    set(options.getSchema(), builder::schema);
    set(options.getLocalWhileDisconnected(), builder::localWhileDisconnected);
    set(options.getMaximumValueBytes(), builder::maximumValueBytes);
    return builder;
  }

  private void setFailureBackoff() {
    Duration base = options.getFailureBackoffBase();
    Duration cap = options.getFailureBackoffCap();
    if (base != null && cap != null) {
      builder.failureBackoff(base, cap);
    } else if (base != null || cap != null) {
      throw new IllegalStateException(
          ("corral.caches.%1$s.failure-backoff-base and corral.caches.%1$s.failure-backoff-cap"
                  + " need each other")
              .formatted(name));
    }
  }

  private Codec<Object> codec(@Nullable Function<Class<?>, Codec<Object>> json) {
    Class<?> type = options.getType();
    if (type == null) {
      throw new IllegalStateException(
          ("corral.caches.%1$s.type is needed to write values to the remote store; or set"
                  + " corral.caches.%1$s.remote to false")
              .formatted(name));
    }
    if (json == null) {
      throw new IllegalStateException(
          ("corral.caches.%1$s.type needs Jackson 2 on the class path, which is"
                  + " com.fasterxml.jackson.core:jackson-databind, and not the Jackson 3 that comes"
                  + " with Boot 4; or set corral.caches.%1$s.remote to false, and add the store with a"
                  + " codec of your own by a CorralCacheCustomizer")
              .formatted(name));
    }
    return json.apply(type);
  }

  private static <T> void set(@Nullable T value, Consumer<T> option) {
    if (value != null) {
      option.accept(value);
    }
  }
}
