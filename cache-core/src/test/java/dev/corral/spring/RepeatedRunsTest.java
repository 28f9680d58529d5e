package dev.corral.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.TieredCache;
import dev.corral.origin.Origin;
import dev.corral.origin.Retries;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.aop.Advisor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;

/** Advice behind that of the cache, as a transaction's is, when an origin retries. */
class RepeatedRunsTest {

  /** Counts the runs that pass it, and what they return. */
  static final class Counting implements MethodInterceptor {
    final AtomicInteger begun = new AtomicInteger();
    final AtomicInteger failed = new AtomicInteger();

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
      begun.incrementAndGet();
      try {
        return invocation.proceed();
      } catch (IOException e) {
        failed.incrementAndGet();
        throw e;
      }
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableCaching(proxyTargetClass = true, order = 1)
  static class Caching {

    @Bean
    static RepeatableCacheAdvice repeatable() {
      return new RepeatableCacheAdvice();
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    Counting counting() {
      return new Counting();
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    Advisor behindTheCache(Counting counting) {
      var advisor =
          new DefaultPointcutAdvisor(
              AnnotationMatchingPointcut.forMethodAnnotation(Cacheable.class), counting);
      advisor.setOrder(2);
      return advisor;
    }
  }

  static class Products {
    private final AtomicInteger runs = new AtomicInteger();

    @Cacheable(cacheNames = "products", sync = true)
    public String find(long id) throws IOException {
      int run = runs.incrementAndGet();
      if (run < 3) {
        throw new IOException("down");
      }
      return "v" + id + "#" + run;
    }
  }

  @Test
  void eachAttemptPassesAllAdvice() throws Exception {
    Origin origin =
        Origin.named("db")
            .retries(
                Retries.upTo(2)
                    .on(IOException.class)
                    .backoff(Duration.ofMillis(1), Duration.ofMillis(1)))
            .build();
    TieredCache<Object, Object> cache =
        TieredCache.builder("products").freshFor(Duration.ofMinutes(1)).origin(origin).build();
    try (var context = Contexts.with(cache, Caching.class, Products.class)) {
      Counting counting = Objects.requireNonNull(context.getBean(Counting.class));

      assertThat(context.getBean(Products.class).find(1)).isEqualTo("v1#3");

      assertThat(counting.begun).hasValue(3);
      assertThat(counting.failed).hasValue(2);
      assertThat(context.getBean(Products.class).find(1)).as("a hit").isEqualTo("v1#3");
      assertThat(counting.begun).hasValue(3);
    }
  }
}
