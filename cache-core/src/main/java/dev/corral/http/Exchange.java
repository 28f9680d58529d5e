package dev.corral.http;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Makes the attempts of one request, on a thread that waits, or without one. Used once. */
final class Exchange<T> {

  private final Attempts<T> attempts;
  private final Executor executor;
  private final HttpCounts counts;

  Exchange(Attempts<T> attempts, Executor executor, HttpCounts counts) {
    this.attempts = attempts;
    this.executor = executor;
    this.counts = counts;
  }

  /** Blocks the current thread until there is an end. */
  HttpResponse<T> send() throws IOException, InterruptedException {
    began();
    try {
      await(attempts.prepare());
      while (true) {
        Step<T> step = await(attempts.next(attempts.enter(true)));
        if (step instanceof Step.Done<T> done) {
          return done.response();
        }
        if (step instanceof Step.Failed<T> failed) {
          throw thrown(failed.failure());
        }
        if (step instanceof Step.Again<T> again) {
          await(attempts.pause(again));
        }
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      attempts.tellKey(e);
      throw e;
    } finally {
      ended();
    }
  }

  private <V extends @Nullable Object> V await(Timed<V> timed)
      throws IOException, InterruptedException {
    try {
      return timed.await();
    } catch (InterruptedException e) {
      attempts.cancel();
      throw e;
    } catch (ExecutionException e) {
      throw thrown(e.getCause());
    }
  }

  private static IOException thrown(@Nullable Throwable failure) {
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof IOException io ? io : new IOException(failure);
  }

  /** Blocks nobody; cancelling what it returns breaks off what is under way. */
  CompletableFuture<HttpResponse<T>> sendAsync() {
    began();
    CompletableFuture<HttpResponse<T>> result = new CompletableFuture<>();
    cancelWith(result);
    var unused =
        CompletableFuture.allOf()
            .thenComposeAsync(begun -> attempts.prepare().future(), executor)
            .thenCompose(prepared -> drive())
            .whenComplete(
                (response, failure) -> {
                  ended();
                  if (failure == null) {
                    result.complete(response);
                  } else {
                    Throwable thrown = Attempts.bare(failure);
                    attempts.tellKey(thrown);
                    result.completeExceptionally(thrown);
                  }
                });
    return result;
  }

  private void cancelWith(CompletableFuture<?> result) {
    var unused =
        result.whenComplete(
            (response, failure) -> {
              if (result.isCancelled()) {
                attempts.cancel();
              }
            });
  }

  private CompletableFuture<HttpResponse<T>> drive() {
    CompletableFuture<Step<T>> attempt;
    try {
      attempt = attempts.next(attempts.enter(false)).future();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CompletableFuture.failedFuture(e);
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
    return attempt.thenCompose(this::follow);
  }

  private CompletableFuture<HttpResponse<T>> follow(Step<T> step) {
    if (step instanceof Step.Done<T> done) {
      return CompletableFuture.completedFuture(done.response());
    }
    if (step instanceof Step.Again<T> again) {
      return attempts.pause(again).future().thenComposeAsync(paused -> drive(), executor);
    }
    return CompletableFuture.failedFuture(((Step.Failed<T>) step).failure());
  }

  private void began() {
    counts.requests.increment();
    counts.running.incrementAndGet();
  }

  private void ended() {
    counts.running.decrementAndGet();
  }
}
