package dev.corral.remote;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** What a test orders to happen around the steps: counting, hooks and failures. Thread-safe. */
final class StepControls {

  private final Map<RemoteStep, AtomicInteger> counts = new ConcurrentHashMap<>();
  private final Map<RemoteStep, Queue<Runnable>> before = new ConcurrentHashMap<>();
  private final Map<RemoteStep, Queue<Runnable>> after = new ConcurrentHashMap<>();
  private final AtomicBoolean failing = new AtomicBoolean();
  private final AtomicInteger failuresLeft = new AtomicInteger();

  void begin(RemoteStep step) {
    counts.computeIfAbsent(step, s -> new AtomicInteger()).incrementAndGet();
    runNext(before, step);
    if (failing.get() || failuresLeft.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      throw new RemoteStoreException("The test lets this step fail: " + step);
    }
  }

  void end(RemoteStep step) {
    runNext(after, step);
  }

  int countOf(RemoteStep step) {
    AtomicInteger count = counts.get(step);
    return count == null ? 0 : count.get();
  }

  int count() {
    return counts.values().stream().mapToInt(AtomicInteger::get).sum() - countOf(RemoteStep.SEQS);
  }

  void resetCounts() {
    counts.clear();
  }

  void before(RemoteStep step, Runnable hook) {
    add(before, step, hook);
  }

  void after(RemoteStep step, Runnable hook) {
    add(after, step, hook);
  }

  void fail(boolean fail) {
    failing.set(fail);
  }

  void failNext(int steps) {
    failuresLeft.set(steps);
  }

  private static void add(Map<RemoteStep, Queue<Runnable>> hooks, RemoteStep step, Runnable hook) {
    hooks.computeIfAbsent(step, s -> new ConcurrentLinkedQueue<>()).add(hook);
  }

  // A hook is taken out before it runs: one that takes the same step itself must not meet itself.
  private static void runNext(Map<RemoteStep, Queue<Runnable>> hooks, RemoteStep step) {
    Queue<Runnable> queue = hooks.get(step);
    Runnable hook = queue == null ? null : queue.poll();
    if (hook != null) {
      hook.run();
    }
  }
}
