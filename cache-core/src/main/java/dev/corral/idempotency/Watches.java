package dev.corral.idempotency;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Those of this process who wait for keys, for stores to wake. Thread-safe.
 *
 * <p>A store may not hear of every change: so each watch also ends by itself, after pauses that
 * double from the shortest to the longest, each a random half of it more or less, so that those who
 * wait for one key do not ask as one.
 */
public final class Watches {

  private final long shortestNanos;
  private final long longestNanos;
  private final ConcurrentMap<ByteBuffer, Set<Watching>> watching = new ConcurrentHashMap<>();

  /**
   * Creates watches that nobody has begun.
   *
   * @param shortest the first pause, after which a watch ends though nobody has woken it
   * @param longest the longest such pause
   */
  public Watches(Duration shortest, Duration longest) {
    shortestNanos = shortest.toNanos();
    longestNanos = longest.toNanos();
  }

  /** Begins to watch the key of a digest: see {@link IdempotencyKey#digest}. */
  public Watch begin(byte[] digest) {
    ByteBuffer key = ByteBuffer.wrap(digest);
    Watching watch = new Watching(key);
    watching.compute(
        key,
        (same, others) -> {
          Set<Watching> all = others == null ? ConcurrentHashMap.newKeySet() : others;
          all.add(watch);
          return all;
        });
    return watch;
  }

  /** Wakes all who watch the key of a digest. */
  public void wake(byte[] digest) {
    Set<Watching> woken = watching.get(ByteBuffer.wrap(digest));
    if (woken != null) {
      woken.forEach(watch -> watch.changes.release());
    }
  }

  /** Wakes all: what has changed is not known. */
  public void wakeAll() {
    watching.values().forEach(all -> all.forEach(watch -> watch.changes.release()));
  }

  /** Returns how many keys are watched. */
  public int size() {
    return watching.size();
  }

  private final class Watching implements Watch {

    private final ByteBuffer key;
    private final Semaphore changes = new Semaphore(0);
    private long pauseNanos = shortestNanos;

    private Watching(ByteBuffer key) {
      this.key = key;
    }

    @Override
    public void await(Duration limit) throws InterruptedException {
      long half = pauseNanos / 2;
      long pause = half + ThreadLocalRandom.current().nextLong(half + 1);
      pauseNanos = Math.min(longestNanos, pauseNanos * 2);
      if (changes.tryAcquire(Math.min(pause, limit.toNanos()), TimeUnit.NANOSECONDS)) {
        changes.drainPermits();
      }
    }

    @Override
    public void close() {
      watching.computeIfPresent(
          key,
          (same, all) -> {
            all.remove(this);
            return all.isEmpty() ? null : all;
          });
    }
  }
}
