package dev.corral.redis;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Threads that go on to get keys that nobody has got before, each key on all nodes at about the
 * same time, so that every get needs Redis and many of them need each other.
 */
final class Getters implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<Thread> threads = new ArrayList<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final AtomicLong gets = new AtomicLong();
  private final AtomicLong longestNanos = new AtomicLong();
  private volatile boolean ended;

  Getters(FailoverNode... nodes) {
    for (FailoverNode node : nodes) {
      for (int lane = 0; lane < 2; lane++) {
        int number = lane;
        threads.add(new Thread(() -> run(node, number), "getter"));
      }
    }
    threads.forEach(Thread::start);
    goOnFor(100);
  }

  /** What gets threw, and the values that were not the loader's. */
  List<Throwable> failures() {
    return List.copyOf(failures);
  }

  /** The longest time that a get took. */
  Duration longest() {
    return Duration.ofNanos(longestNanos.get());
  }

  /** Waits for so many more gets. */
  void goOnFor(long more) {
    long goal = gets.get() + more;
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> gets.get() >= goal);
  }

  private void run(FailoverNode node, int lane) {
    for (int i = 0; !ended; i++) {
      String key = "new-" + lane + "-" + i;
      long start = System.nanoTime();
      try {
        String value = node.get(key, key);
        if (!key.equals(value)) {
          failures.add(new AssertionError("Got " + value + " for " + key));
        }
      } catch (RuntimeException e) {
        failures.add(e);
      }
      longestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
      gets.incrementAndGet();
    }
  }

  @Override
  public void close() {
    ended = true;
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> threads.stream().noneMatch(Thread::isAlive));
  }
}
