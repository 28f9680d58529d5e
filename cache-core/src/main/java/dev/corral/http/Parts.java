package dev.corral.http;

import dev.corral.origin.Origin;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What all requests of a client have in common.
 *
 * @param wall only for servers that name a date without saying what time they have
 */
record Parts(
    HttpClient http,
    Origin origin,
    RetryRules rules,
    long attemptNanos,
    long deadlineNanos,
    long baseNanos,
    long capNanos,
    int mostBodyBytes,
    Delays delays,
    LongSupplier ticker,
    DoubleSupplier random,
    Supplier<Instant> wall,
    HttpCounts counts) {

  /** The common pool, or a thread for each task where that pool would have a single one. */
  private static final Executor DEFAULT = new CompletableFuture<Void>().defaultExecutor();

  /** Where what is not done on the caller's thread is done. */
  Executor executor() {
    return http.executor().orElse(DEFAULT);
  }

  /** Executes a task there, or on this thread if it is not taken: one that must not be lost. */
  void execute(Runnable task) {
    try {
      executor().execute(task);
    } catch (RejectedExecutionException e) {
      task.run();
    }
  }

  /** Returns a random part of {@code base × 2^(n-1)}, and of the cap at most. */
  long jitterNanos(int n) {
    double window = Math.min((double) capNanos, baseNanos * Math.pow(2, n - 1.0));
    return (long) (window * random.getAsDouble());
  }
}
