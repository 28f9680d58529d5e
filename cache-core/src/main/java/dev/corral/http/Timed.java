package dev.corral.http;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What is waited for, and for how long at most.
 *
 * @param expire ends the future when that time is over; may be done twice
 */
record Timed<V extends @Nullable Object>(CompletableFuture<V> future, long nanos, Runnable expire) {

  /** Blocks the current thread, which needs no other one to come back in time. */
  V await() throws InterruptedException, ExecutionException {
    try {
      return future.get(Math.max(0, nanos), NANOSECONDS);
    } catch (TimeoutException e) {
      // The executor, which should have done it, has no thread that is free.
      expire.run();
      return future.get();
    }
  }
}
