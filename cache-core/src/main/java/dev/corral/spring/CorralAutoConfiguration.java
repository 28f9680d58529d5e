package dev.corral.spring;

import dev.corral.CacheBuilder;
import dev.corral.TieredCache;
import dev.corral.codec.Codec;
import dev.corral.micrometer.CorralMeters;
import dev.corral.remote.RemoteStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.transaction.TransactionAwareCacheDecorator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * Builds the caches that {@code corral.caches.NAME.…} name, and a manager of them for Spring's
 * annotations. They share a {@link RemoteStore} if the application has one, and are measured if it
 * has a {@code MeterRegistry}. Does nothing if no property names a cache, if {@code
 * spring.cache.type} is {@code none}, or if the application has a {@link CacheManager} or a {@code
 * cacheResolver} of its own: then Boot's own caches stay.
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

  /** How values of a class become bytes. */
  interface ValueCodecs extends Function<Class<?>, Codec<Object>> {}

  /** What stands in front of each cache and waits for transactions. */
  interface TransactionFront extends UnaryOperator<Cache> {}

  /** Creates the manager of the caches. */
  @Bean
  @ConditionalOnMissingBean(value = CacheManager.class, name = "cacheResolver")
  CorralCacheManager corralCacheManager(
      CorralProperties properties,
      ObjectProvider<RemoteStore> store,
      ObjectProvider<CorralCacheCustomizer> customizers,
      ObjectProvider<Construction> construction,
      ObjectProvider<ValueCodecs> codecs,
      ObjectProvider<TransactionFront> transactionFront) {
    UnaryOperator<Cache> front =
        properties.isTransactionAware() ? required(transactionFront) : UnaryOperator.identity();
    Construction how = construction.getIfAvailable(() -> CacheBuilder::build);
    List<TieredCache<Object, Object>> caches = new ArrayList<>();
    try {
      properties
          .getCaches()
          .forEach(
              (name, options) -> {
                CacheBuilder<Object, Object> builder =
                    new NamedCache(name, options)
                        .builder(store.getIfAvailable(), codecs.getIfAvailable());
                customizers.orderedStream().forEach(each -> each.customize(builder));
                caches.add(how.build(builder));
              });
    } catch (RuntimeException | Error e) {
      caches.forEach(TieredCache::close);
      throw e;
    }
    return new CorralCacheManager(caches, front);
  }

  private static TransactionFront required(ObjectProvider<TransactionFront> front) {
    return front.stream()
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "corral.transaction-aware needs org.springframework:spring-context-support and"
                        + " org.springframework:spring-tx on the class path"));
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

  /**
   * Writes values as JSON where there is Jackson 2, which is named as text: only its codec needs
   * it.
   */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "com.fasterxml.jackson.databind.ObjectMapper")
  static class Json {

    @Bean
    ValueCodecs corralValueCodecs() {
      return JsonValues::of;
    }
  }

  /** Waits for transactions where there are any. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(
      value = TransactionAwareCacheDecorator.class,
      name = "org.springframework.transaction.support.TransactionSynchronizationManager")
  static class Transactional {

    @Bean
    TransactionFront corralTransactionFront() {
      return TransactionAwareCacheDecorator::new;
    }
  }
}
