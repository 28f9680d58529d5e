package dev.corral.workload;

import dev.corral.history.RecordedCache;
import dev.corral.history.RecordedOrigin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** One thread's share of a workload on one node: this and that, mostly gets, on a few hot keys. */
public final class Caller {

  private static final int HOT = 4;
  private static final int KEYS = 200;
  private static final long PACE_NANOS = 400_000;

  private final RecordedOrigin origin;
  private final RecordedCache cache;
  private final SplittableRandom random;
  private final double clearing;
  private final List<CompletableFuture<?>> futures = new ArrayList<>();

  /**
   * Creates a caller.
   *
   * @param clearing how many of its calls are for all keys
   */
  public Caller(
      RecordedOrigin origin, RecordedCache cache, SplittableRandom random, double clearing) {
    this.clearing = clearing;
    this.origin = origin;
    this.cache = cache;
    this.random = random;
  }

  /** Does so many things, one after the other. */
  public void run(int operations) {
    for (int i = 0; i < operations; i++) {
      if (random.nextDouble() < clearing) {
        cache.invalidateAll();
      } else {
        act(random.nextInt(100));
      }
      if (random.nextInt(4) == 0) {
        LockSupport.parkNanos(random.nextLong(4 * PACE_NANOS));
      }
    }
    futures.forEach(CompletableFuture::join);
    futures.clear();
  }

  private void act(int what) {
    String key = key();
    if (what < 60) {
      cache.get(key);
    } else if (what < 65) {
      cache.get(key, Duration.ofMillis(random.nextInt(3)));
    } else if (what < 71) {
      cache.getAll(keys());
    } else if (what < 75) {
      cache.getIfPresent(key);
    } else if (what < 78) {
      futures.add(cache.getAsync(key));
    } else if (what < 80) {
      futures.add(cache.refresh(key));
    } else if (what < 83) {
      cache.put(key);
    } else if (what < 87) {
      cache.write(key);
    } else if (what < 91) {
      cache.change(key, toDelete());
    } else if (what < 95) {
      change(key);
      cache.invalidate(key);
    } else if (what < 98) {
      Set<String> keys = keys();
      keys.forEach(this::change);
      cache.invalidateAll(keys);
    } else {
      cache.invalidate(key);
    }
  }

  private void change(String key) {
    origin.change(cache.log(), key, toDelete());
  }

  private boolean toDelete() {
    return random.nextInt(8) == 0;
  }

  private Set<String> keys() {
    Set<String> keys = new LinkedHashSet<>();
    for (int i = 0; i < 5; i++) {
      keys.add(key());
    }
    return keys;
  }

  private String key() {
    return "k" + random.nextInt(random.nextInt(4) > 0 ? HOT : KEYS);
  }

  /** Looks at every key once. */
  public static void lookAtAll(RecordedCache cache) {
    for (int i = 0; i < KEYS; i++) {
      cache.get("k" + i);
    }
  }
}
