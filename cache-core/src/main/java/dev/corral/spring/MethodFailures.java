package dev.corral.spring;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.interceptor.CacheOperationInvoker;
import org.springframework.cache.interceptor.CacheOperationInvoker.ThrowableWrapper;

/**
 * What methods throw. Spring wraps it on the way into a cache, and takes it out of the wrapper on
 * the way to the caller; in between, what Corral decides by its type is to see the type.
 */
final class MethodFailures {

  private MethodFailures() {}

  /** Calls a method, and throws what it threw. */
  static <T extends @Nullable Object> T unwrapped(Callable<T> method) throws Exception {
    try {
      return method.call();
    } catch (ThrowableWrapper e) {
      Throwable original = e.getOriginal();
      if (original instanceof Exception exception) {
        throw exception;
      }
      if (original instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }

  /**
   * Returns a failure as a caller expects it: Spring's own interceptor throws what is wrapped as it
   * is, and hides what is checked and is not. That interceptor is known by its callable, since the
   * callable of a caller who waited for another has not run.
   */
  static Throwable asExpectedBy(Callable<?> loader, Throwable failure) {
    boolean ofSpring =
        loader.getClass().getPackageName().equals(CacheOperationInvoker.class.getPackageName());
    return ofSpring && !(failure instanceof ThrowableWrapper)
        ? new ThrowableWrapper(failure)
        : failure;
  }
}
