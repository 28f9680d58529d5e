package dev.corral.spring;

import dev.corral.CacheBuilder;
import dev.corral.TieredCache;
import dev.corral.micrometer.CorralMeters;
import dev.corral.remote.RemoteStore;
import dev.corral.spring.CorralProperties.CacheProperties;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cache.CacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * Builds the caches that {@code corral.caches.NAME.…} name, and a manager of them for Spring's
 * annotations. They share a {@link RemoteStore} if the application has one, and are measured if it
 * has a {@code MeterRegistry}. Does nothing if no property names a cache, or if the application has
 * a {@link CacheManager} or a {@code cacheResolver} of its own: then Boot's own caches stay.
 */
@AutoConfiguration(
    beforeName = "org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration",
    afterName =
        "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration")
@ConditionalOnClass(CacheManager.class)
@Conditional(OnNamedCaches.class)
@EnableConfigurationProperties(CorralProperties.class)
public class CorralAutoConfiguration {

  /** Created by Spring. */
  public CorralAutoConfiguration() {}

  /** How a builder becomes a cache: with meters, or without. */
  interface Construction {
    TieredCache<Object, Object> build(CacheBuilder<Object, Object> builder);
  }

  /** Creates the manager of the caches. */
  @Bean
  @ConditionalOnMissingBean(value = CacheManager.class, name = "cacheResolver")
  CorralCacheManager corralCacheManager(
      CorralProperties properties,
      ObjectProvider<RemoteStore> store,
      ObjectProvider<CorralCacheCustomizer> customizers,
      ObjectProvider<Construction> construction) {
    Construction how = construction.getIfAvailable(() -> CacheBuilder::build);
    List<TieredCache<Object, Object>> caches = new ArrayList<>();
    try {
      properties
          .getCaches()
          .forEach(
              (name, options) -> {
                CacheBuilder<Object, Object> builder =
                    builder(name, options, store.getIfAvailable());
                customizers.orderedStream().forEach(each -> each.customize(builder));
                caches.add(how.build(builder));
              });
    } catch (RuntimeException e) {
      caches.forEach(TieredCache::close);
      throw e;
    }
    return new CorralCacheManager(caches);
  }

  private static CacheBuilder<Object, Object> builder(
      String name, CacheProperties options, @Nullable RemoteStore store) {
    CacheBuilder<Object, Object> builder = TieredCache.builder(name);
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
    set(options.getSyncInterval(), builder::syncInterval);
    if (store != null && options.isRemote() && options.getType() != null) {
      builder.remote(store, JsonValues.of(options.getType()));
    } else if (store != null && options.isRemote()) {
      throw new IllegalStateException(
          ("corral.caches.%s.type is needed to write values to the remote store; or set"
                  + " corral.caches.%s.remote to false")
              .formatted(name, name));
    }
    // Also of a store that a customizer adds. Without any, the builder refuses them.
    set(options.getSchema(), builder::schema);
    set(options.getLocalWhileDisconnected(), builder::localWhileDisconnected);
    return builder;
  }

  private static <T> void set(@Nullable T value, Consumer<T> option) {
    if (value != null) {
      option.accept(value);
    }
  }

  /** Lets a cached method run again, with all its advice, when its origin retries. */
  @Bean
  @ConditionalOnMissingBean
  static RepeatableCacheAdvice corralRepeatableCacheAdvice() {
    return new RepeatableCacheAdvice();
  }

  /** Measures the caches where there is Micrometer. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(MeterRegistry.class)
  static class Measured {

    @Bean
    Construction corralCacheConstruction(ObjectProvider<MeterRegistry> registry) {
      return builder -> {
        MeterRegistry meters = registry.getIfAvailable();
        return meters == null ? builder.build() : CorralMeters.monitor(builder, meters);
      };
    }
  }
}
