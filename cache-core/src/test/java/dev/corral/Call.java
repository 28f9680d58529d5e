package dev.corral;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Something that a thread of its own does, and how that went. */
final class Call<T> {

  /** Longer than anything takes on a slow machine, unless it hangs. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final FutureTask<T> task;
  private final Thread thread;
  private volatile boolean interruptedAtEnd;

  private Call(Callable<T> action) {
    task =
        new FutureTask<>(
            () -> {
              try {
                return action.call();
              } finally {
                interruptedAtEnd = Thread.currentThread().isInterrupted();
              }
            });
    thread = new Thread(task, "call");
    thread.setDaemon(true);
  }

  static <T> Call<T> start(Callable<T> action) {
    Call<T> call = new Call<>(action);
    call.thread.start();
    return call;
  }

  boolean isDone() {
    return task.isDone();
  }

  void interrupt() {
    thread.interrupt();
  }

  /** Waits for the end, and returns whether the thread's interrupt flag was set then. */
  boolean endedInterrupted() {
    try {
      answer();
    } catch (ExecutionException e) {
      // Asked for elsewhere.
    }
    return interruptedAtEnd;
  }

  /** Waits for the answer. */
  @Nullable T value() {
    try {
      return answer();
    } catch (ExecutionException e) {
      throw new AssertionError("the call failed", e.getCause());
    }
  }

  /** Waits for the failure. */
  Throwable failure() {
    try {
      throw new AssertionError("the call did not fail, but returned " + answer());
    } catch (ExecutionException e) {
      return Objects.requireNonNull(e.getCause());
    }
  }

  private @Nullable T answer() throws ExecutionException {
    try {
      return task.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      AssertionError hangs = new AssertionError("the call hangs");
      hangs.setStackTrace(thread.getStackTrace());
      throw hangs;
    } catch (InterruptedException e) {
      throw new AssertionError("the test was interrupted", e);
    }
  }
}
