package dev.corral.spring;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.cache.interceptor.CacheInterceptor;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

/**
 * Lets Spring's cache advice run a method more than once for one call: when an origin retries, or
 * when a refresh and its caller both load. An invocation of Spring can proceed once; a second time
 * it leaves out all advice behind that of the cache, such as that of a transaction. With this bean
 * each run has an invocation of its own.
 *
 * <p>Boot's auto-configuration has it. Without, declare it by a static {@code @Bean} method.
 */
public final class RepeatableCacheAdvice implements BeanPostProcessor, PriorityOrdered {

  /** Creates the bean. */
  public RepeatableCacheAdvice() {}

  @Override
  public Object postProcessAfterInitialization(Object bean, String beanName) {
    return bean instanceof CacheInterceptor advice ? new Repeatable(advice) : bean;
  }

  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE;
  }

  /** The advice in front of the one that Spring has set up. */
  private static final class Repeatable extends CacheInterceptor {
    private static final long serialVersionUID = 1L;

    private final CacheInterceptor advice;

    Repeatable(CacheInterceptor advice) {
      this.advice = advice;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
      return advice.invoke(
          invocation instanceof ProxyMethodInvocation proxied
              ? new RepeatableInvocation(proxied)
              : invocation);
    }

    @Override
    public void afterSingletonsInstantiated() {
      advice.afterSingletonsInstantiated();
    }
  }
}
