package dev.corral;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Keeps tasks until a test runs them. Used by one thread. */
final class ManualExecutor implements Executor {

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private boolean rejecting;

  @Override
  public void execute(Runnable task) {
    if (rejecting) {
      throw new RejectedExecutionException("The test lets this executor refuse");
    }
    tasks.add(task);
  }

  /** Refuses tasks while {@code reject} is set. */
  void reject(boolean reject) {
    rejecting = reject;
  }

  int waiting() {
    return tasks.size();
  }

  /** Runs what waits, and what is added meanwhile. */
  void runAll() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }
}
