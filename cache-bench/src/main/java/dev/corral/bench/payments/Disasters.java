package dev.corral.bench.payments;

import dev.corral.servers.RedisServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * What happens to whole processes meanwhile: the payment service and the API are killed and started
 * again, and Redis is away for a while. When is drawn from the seed, and counted in payments.
 */
final class Disasters implements AutoCloseable {
  private static final Duration REDIS_AWAY = Duration.ofSeconds(2);

  private final List<Disaster> all = new ArrayList<>();
  private final ExecutorService player = Executors.newSingleThreadExecutor();
  private final List<Future<?>> begun = new ArrayList<>(); // guarded by all
  private final AtomicInteger crashes = new AtomicInteger();
  private final AtomicInteger apiCrashes = new AtomicInteger();
  private volatile SenderStats killed = SenderStats.NONE; // changed by the player alone

  private interface Act {
    void happen() throws IOException, InterruptedException;
  }

  private record Disaster(int at, String name, Act act) {}

  /**
   * Plans.
   *
   * @param many how often the service is killed
   * @param manyOfApi how often the API is
   * @param announce is told what happens
   */
  Disasters(
      long seed,
      int payments,
      int many,
      int manyOfApi,
      ServerProcess service,
      ServerProcess api,
      RedisServer redis,
      Consumer<String> announce) {
    var random = new SplittableRandom(seed);
    for (int i = 0; i < many; i++) {
      add(
          (int) (inPart(i, many, random) * payments),
          "payment service killed",
          announce,
          () -> {
            service.crash();
            crashes.incrementAndGet();
          });
    }
    add(
        (int) ((0.3 + 0.4 * random.nextDouble()) * payments),
        "Redis away for " + REDIS_AWAY.toSeconds() + " s",
        announce,
        () -> {
          redis.kill();
          try {
            TimeUnit.NANOSECONDS.sleep(REDIS_AWAY.toNanos());
          } finally {
            redis.restart();
          }
        });
    // Drawn last, so that a seed has the same faults with it and without.
    for (int i = 0; i < manyOfApi; i++) {
      add(
          (int) (inPart(i, manyOfApi, random) * payments),
          "API killed",
          announce,
          () -> {
            // What it has counted would die with it; what it does from now on is not counted.
            killed = killed.plus(api.stats(SenderStats.class));
            api.crash();
            apiCrashes.incrementAndGet();
          });
    }
    all.sort(Comparator.comparingInt(Disaster::at));
  }

  /** Returns when the next of so many comes: one in each part of the run, in its middle half. */
  private static double inPart(int part, int many, SplittableRandom random) {
    return (part + 0.25 + random.nextDouble() / 2) / many;
  }

  private void add(int at, String name, Consumer<String> announce, Act act) {
    all.add(
        new Disaster(
            at,
            name,
            () -> {
              announce.accept("  after %,d payments: %s".formatted(at, name));
              act.happen();
            }));
  }

  /** Lets happen what is due after so many payments; returns at once. */
  void progress(int payments) {
    synchronized (all) {
      while (!all.isEmpty() && all.get(0).at() <= payments) {
        Disaster due = all.remove(0);
        begun.add(
            player.submit(
                () -> {
                  due.act().happen();
                  return null;
                }));
      }
    }
  }

  /**
   * Waits for the end of those that have begun.
   *
   * @throws IllegalStateException if one could not happen, or not be ended
   */
  void await() throws InterruptedException {
    List<Future<?>> awaited;
    synchronized (all) {
      awaited = List.copyOf(begun);
    }
    for (Future<?> one : awaited) {
      try {
        one.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("A disaster could not be played", e.getCause());
      }
    }
  }

  int crashes() {
    return crashes.get();
  }

  int apiCrashes() {
    return apiCrashes.get();
  }

  /** Returns what APIs had sent until each was killed. */
  SenderStats killed() {
    return killed;
  }

  @Override
  public void close() {
    player.shutdownNow();
  }
}
