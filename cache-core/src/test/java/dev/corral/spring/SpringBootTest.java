package dev.corral.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.corral.CacheHealth;
import dev.corral.LoadFailedException;
import dev.corral.TieredCache;
import dev.corral.UndeliveredException;
import dev.corral.remote.InMemoryRemoteServer;
import dev.corral.remote.RemoteStore;
import dev.corral.stats.Stat;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.interceptor.CacheInterceptor;
import org.springframework.cache.interceptor.CacheResolver;
import org.springframework.cache.support.NoOpCacheManager;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class SpringBootTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(CorralAutoConfiguration.class));

  private static TieredCache<Object, Object> cacheOf(CacheManager manager, String name) {
    Cache cache = manager.getCache(name);
    assertThat(cache).isInstanceOf(CorralCache.class);
    return ((CorralCache) Objects.requireNonNull(cache)).getNativeCache();
  }

  @Test
  void cachesAreBuiltAsThePropertiesSay() {
    runner
        .withPropertyValues(
            "corral.caches.products.fresh-for=5m",
            "corral.caches.products.absent-for=1m",
            "corral.caches.off.fresh-for=1m",
            "corral.caches.off.enabled=false")
        .run(
            context -> {
              CacheManager manager = context.getBean(CacheManager.class);
              assertThat(manager.getCacheNames()).containsExactlyInAnyOrder("products", "off");
              TieredCache<Object, Object> products = cacheOf(manager, "products");
              products.get(1, key -> null);
              products.get(1, key -> "not asked");
              assertThat(products.explain(1).local().orElseThrow().absent()).isTrue();
              assertThat(products.explain(1).local().orElseThrow().freshFor())
                  .isLessThanOrEqualTo(Duration.ofMinutes(1));
              TieredCache<Object, Object> off = cacheOf(manager, "off");
              off.get(1, key -> "v");
              assertThat(off.getIfPresent(1)).isEmpty();
            });
  }

  @Test
  void aValueThatMakesNoSenseEndsTheStartWithTheRule() {
    runner
        .withPropertyValues("corral.caches.products.fresh-for=0s")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .hasMessageContaining("freshFor"));
  }

  @Test
  void aStoreOfTheApplicationIsTheSecondTier() {
    runner
        .withBean(RemoteStore.class, () -> new InMemoryRemoteServer().newNode())
        .withPropertyValues(
            "corral.caches.products.fresh-for=5m",
            "corral.caches.products.type=java.lang.String",
            "corral.caches.alone.fresh-for=5m",
            "corral.caches.alone.remote=false")
        .run(
            context -> {
              CacheManager manager = context.getBean(CacheManager.class);
              assertThat(cacheOf(manager, "products").health().remote()).isPresent();
              assertThat(cacheOf(manager, "alone").health().remote()).isEmpty();
            });
  }

  @Test
  void aStoreWithoutATypeIsRefused() {
    runner
        .withBean(RemoteStore.class, () -> new InMemoryRemoteServer().newNode())
        .withPropertyValues("corral.caches.products.fresh-for=5m")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .hasMessageContaining("corral.caches.products.type"));
  }

  @Test
  void theSchemaHoldsForAStoreThatACustomizerAdds() {
    InMemoryRemoteServer server = new InMemoryRemoteServer();
    ApplicationContextRunner customized =
        runner
            .withBean(
                CorralCacheCustomizer.class,
                () -> builder -> builder.remote(server.newNode(), JsonValues.of(String.class)))
            .withPropertyValues("corral.caches.products.fresh-for=5m");
    customized
        .withPropertyValues("corral.caches.products.schema=v1")
        .run(
            context ->
                cacheOf(context.getBean(CacheManager.class), "products").put("key", "of v1"));

    customized
        .withPropertyValues("corral.caches.products.schema=v2")
        .run(
            context ->
                assertThat(
                        cacheOf(context.getBean(CacheManager.class), "products")
                            .getFreshOrDefault("key", "nothing"))
                    .isEqualTo("nothing"));
  }

  @Test
  void aSchemaWithoutASecondTierEndsTheStart() {
    runner
        .withPropertyValues(
            "corral.caches.products.fresh-for=5m", "corral.caches.products.schema=v1")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .hasMessageContaining("schema needs remote"));
  }

  @Test
  void customizersComeAfterTheProperties() {
    runner
        .withBean(
            CorralCacheCustomizer.class, () -> builder -> builder.freshFor(Duration.ofHours(1)))
        .withPropertyValues("corral.caches.products.fresh-for=1s")
        .run(
            context -> {
              TieredCache<Object, Object> cache =
                  cacheOf(context.getBean(CacheManager.class), "products");
              cache.get(1, key -> "v");
              assertThat(cache.explain(1).local().orElseThrow().freshFor())
                  .isGreaterThan(Duration.ofMinutes(30));
            });
  }

  @Test
  void cachesAreMeasuredIfThereIsARegistry() {
    runner
        .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
        .withPropertyValues("corral.caches.products.fresh-for=5m")
        .run(
            context ->
                assertThat(
                        context
                            .getBean(MeterRegistry.class)
                            .find("corral.gets")
                            .tag("cache", "products")
                            .meters())
                    .hasSize(3));
  }

  @Test
  void noMicrometerIsNeeded() {
    runner
        .withClassLoader(new FilteredClassLoader("io.micrometer"))
        .withPropertyValues("corral.caches.products.fresh-for=5m")
        .run(context -> assertThat(context).hasSingleBean(CorralCacheManager.class));
  }

  @Test
  void aManagerOfTheApplicationGoesFirst() {
    runner
        .withBean(CacheManager.class, NoOpCacheManager::new)
        .withPropertyValues("corral.caches.products.fresh-for=5m")
        .run(context -> assertThat(context).doesNotHaveBean(CorralCacheManager.class));
  }

  @Test
  void aResolverOfTheApplicationGoesFirst() {
    runner
        .withBean("cacheResolver", CacheResolver.class, () -> invocation -> List.of())
        .withPropertyValues("corral.caches.products.fresh-for=5m")
        .run(context -> assertThat(context).doesNotHaveBean(CacheManager.class));
  }

  @Test
  void anApplicationThatNamesNoCacheKeepsWhatItHad() {
    runner.run(context -> assertThat(context).doesNotHaveBean(CacheManager.class));
  }

  @Test
  void theCachesAreClosedWithTheContext() {
    TieredCache<?, ?>[] cache = new TieredCache<?, ?>[1];
    runner
        .withPropertyValues("corral.caches.products.fresh-for=5m")
        .run(context -> cache[0] = cacheOf(context.getBean(CacheManager.class), "products"));

    assertThat(cache[0].health().status()).isEqualTo(CacheHealth.Status.CLOSED);
  }

  /** An application as somebody may write it. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @EnableCaching(proxyTargetClass = true)
  static class Application {

    @Bean
    Greeter greeter() {
      return new Greeter();
    }
  }

  static class Greeter {
    private int calls;

    @Cacheable(cacheNames = "greetings", sync = true)
    public String greet(String name) {
      calls++;
      return "Hello " + name + ", for the " + calls + ". time";
    }
  }

  @Test
  void anApplicationStartsAndCaches() {
    SpringApplication application = new SpringApplication(Application.class);
    application.setDefaultProperties(
        Map.of("corral.caches.greetings.fresh-for", "1m", "spring.main.banner-mode", "off"));
    try (ConfigurableApplicationContext context = application.run()) {
      Greeter greeter = context.getBean(Greeter.class);

      assertThat(greeter.greet("Ada")).isEqualTo("Hello Ada, for the 1. time");
      assertThat(greeter.greet("Ada")).isEqualTo("Hello Ada, for the 1. time");
      assertThat(cacheOf(context.getBean(CacheManager.class), "greetings").stats().hits())
          .isEqualTo(1);
    }
  }

  @Test
  void theAdviceOfCachesIsRepeatable() {
    runner
        .withUserConfiguration(Application.class)
        .withPropertyValues("corral.caches.greetings.fresh-for=1m")
        .run(
            context -> {
              assertThat(context).hasSingleBean(RepeatableCacheAdvice.class);
              assertThat(context.getBean(CacheInterceptor.class))
                  .isNotExactlyInstanceOf(CacheInterceptor.class);
            });
  }

  @Test
  void theMetadataNamesEachPropertyInBootsOwnFormat() throws Exception {
    Set<String> properties =
        Arrays.stream(CorralProperties.class.getMethods())
            .map(Method::getName)
            .filter(name -> name.startsWith("set"))
            .map(name -> "corral." + kebab(name.substring(3)))
            .collect(Collectors.toCollection(TreeSet::new));

    Set<String> named = new TreeSet<>();
    try (InputStream in =
        CorralProperties.class.getResourceAsStream(
            "/META-INF/spring-configuration-metadata.json")) {
      for (JsonNode property : new ObjectMapper().readTree(in).get("properties")) {
        String name = property.get("name").asText();
        assertThat(ConfigurationPropertyName.isValid(name)).as(name).isTrue();
        assertThat(property.get("description").asText()).endsWith(".");
        named.add(name);
      }
    }

    assertThat(named).isEqualTo(properties);
  }

  private static String kebab(String name) {
    return name.replaceAll("(?<!^)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  @Test
  void namesAreInTheOrderOfTheCaches() {
    List<TieredCache<Object, Object>> caches =
        Stream.of("zebras", "apes", "lions", "bears", "owls", "cats", "dogs")
            .map(TieredCache::<Object, Object>disabled)
            .toList();
    CorralCacheManager manager = new CorralCacheManager(caches);

    assertThat(manager.getCacheNames())
        .containsExactly("zebras", "apes", "lions", "bears", "owls", "cats", "dogs");
    manager.destroy();
  }

  @Test
  void noJacksonIsNeededForOneTier() {
    runner
        .withClassLoader(new FilteredClassLoader("com.fasterxml.jackson"))
        .withPropertyValues(
            "corral.caches.products.fresh-for=5m", "corral.caches.products.type=java.lang.String")
        .run(context -> assertThat(context).hasSingleBean(CorralCacheManager.class));
  }

  @Test
  void aTypeWithoutJackson2IsRefusedWithTheNameOfWhatIsMissing() {
    runner
        .withClassLoader(new FilteredClassLoader("com.fasterxml.jackson"))
        .withBean(RemoteStore.class, () -> new InMemoryRemoteServer().newNode())
        .withPropertyValues(
            "corral.caches.products.fresh-for=5m", "corral.caches.products.type=java.lang.String")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .hasMessageContaining("corral.caches.products.type needs Jackson 2")
                    .hasMessageContaining("com.fasterxml.jackson.core:jackson-databind"));
  }

  @Test
  void cachesThatWereBuiltBeforeAnErrorAreClosed() {
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger closed = new AtomicInteger();
    runner
        .withBean(
            CorralCacheCustomizer.class,
            () ->
                builder -> {
                  if (begun.incrementAndGet() == 2) {
                    throw new NoClassDefFoundError("planted");
                  }
                  builder.invalidatedBy(sink -> closed::incrementAndGet);
                })
        .withPropertyValues("corral.caches.first.fresh-for=5m", "corral.caches.second.fresh-for=5m")
        .run(context -> assertThat(context.getStartupFailure()).rootCause().hasMessage("planted"));

    assertThat(closed).hasValue(1);
  }

  @Test
  void aKeyThatFailedIsLeftAloneAsThePropertiesSay() {
    runner
        .withBean(CorralCacheCustomizer.class, () -> builder -> builder.random(() -> 0.5))
        .withPropertyValues(
            "corral.caches.products.fresh-for=5m",
            "corral.caches.products.failure-backoff-base=1h",
            "corral.caches.products.failure-backoff-cap=2h")
        .run(
            context -> {
              TieredCache<Object, Object> cache =
                  cacheOf(context.getBean(CacheManager.class), "products");
              assertThatExceptionOfType(LoadFailedException.class)
                  .isThrownBy(() -> cache.get(1, key -> failing()));
              assertThatExceptionOfType(LoadFailedException.class)
                  .isThrownBy(() -> cache.get(1, key -> "not asked"))
                  .satisfies(
                      e ->
                          assertThat(e.retryAfter().orElseThrow())
                              .isBetween(Duration.ofMinutes(29), Duration.ofMinutes(30)));
            });
  }

  private static Object failing() throws IOException {
    throw new IOException("down");
  }

  @Test
  void halfOfABackoffIsRefused() {
    runner
        .withPropertyValues(
            "corral.caches.products.fresh-for=5m", "corral.caches.products.failure-backoff-base=1h")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .hasMessageContaining("corral.caches.products.failure-backoff-cap"));
  }

  @Test
  void theSecondTierIsToldWhatIsTooLargeAndWhatIsUndelivered() {
    InMemoryRemoteServer server = new InMemoryRemoteServer();
    runner
        .withBean(RemoteStore.class, server::newNode)
        .withPropertyValues(
            "corral.caches.products.fresh-for=5m",
            "corral.caches.products.type=java.lang.String",
            "corral.caches.products.maximum-value-bytes=200",
            "corral.caches.products.on-undelivered=throw")
        .run(
            context -> {
              TieredCache<Object, Object> cache =
                  cacheOf(context.getBean(CacheManager.class), "products");
              cache.get(1, key -> "v".repeat(300));
              assertThat(cache.stats().get(Stat.UNSHARED)).isEqualTo(1);
              server.fail(true);
              assertThatExceptionOfType(UndeliveredException.class)
                  .isThrownBy(() -> cache.invalidate(1));
              server.fail(false);
            });
  }

  @Test
  void cachingThatIsSwitchedOffIsOff() {
    runner
        .withPropertyValues("corral.caches.products.fresh-for=5m", "spring.cache.type=none")
        .run(context -> assertThat(context).doesNotHaveBean(CacheManager.class));
  }
}
