package dev.corral.spring;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Method;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;

/** An invocation that may proceed any number of times, also at the same time. */
final class RepeatableInvocation implements MethodInvocation {

  private final ProxyMethodInvocation invocation;

  /**
   * Creates one of an invocation that nobody else lets proceed: where it stands is where each run
   * begins.
   */
  RepeatableInvocation(ProxyMethodInvocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public @Nullable Object proceed() throws Throwable {
    return invocation.invocableClone().proceed();
  }

  @Override
  public Method getMethod() {
    return invocation.getMethod();
  }

  @Override
  public @Nullable Object[] getArguments() {
    return invocation.getArguments();
  }

  @Override
  public @Nullable Object getThis() {
    return invocation.getThis();
  }

  @Override
  public AccessibleObject getStaticPart() {
    return invocation.getStaticPart();
  }
}
