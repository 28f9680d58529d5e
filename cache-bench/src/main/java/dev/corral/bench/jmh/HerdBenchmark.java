package dev.corral.bench.jmh;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.corral.TieredCache;
import dev.corral.bench.herd.Herd;
import dev.corral.bench.herd.WaitingThreads;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A thousand threads, or ten thousand virtual ones, ask for one key that is not there, while its
 * load takes 50 ms: how long until the last of them has the value. What is above 50 ms is the cost
 * of waking them, which {@code latch} does and nothing else. There is one process and no Redis; for
 * several with one there is {@code stampede herd}.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 20)
@Fork(3)
public class HerdBenchmark {
  private static final long LOAD = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long SETTLING = TimeUnit.MILLISECONDS.toNanos(20); // until all are parked

  /** Threads that stand at a barrier, and caches without a remote tier; each herd has a new key. */
  @State(Scope.Benchmark)
  public static class Callers {
    /** "platform", or "virtual" on a JDK that has them. */
    @Param("platform")
    public String threads = "";

    private int size;
    private @Nullable ExecutorService executor;
    private @Nullable TieredCache<Long, String> corral;
    private @Nullable Cache<Long, String> caffeine;
    private long nextKey;
    private @Nullable Herd herd;
    private @Nullable LongFunction<@Nullable String> get; // written before the herd is let go
    private volatile @Nullable RuntimeException failure;

    @Setup
    public void open() {
      WaitingThreads kind = WaitingThreads.named(threads).orElseThrow();
      size = kind.usualCount();
      executor = kind.start(size);
      Duration lifetime = Duration.ofHours(1);
      corral = TieredCache.<Long, String>builder("products").freshFor(lifetime).build();
      caffeine = Caffeine.newBuilder().expireAfterWrite(lifetime).recordStats().build();
    }

    /** Starting threads, and handing them their task, is no part of what is measured. */
    @Setup(Level.Invocation)
    public void gather() throws InterruptedException {
      long key = nextKey++;
      herd = Herd.gather(Objects.requireNonNull(executor), size, i -> ask(key));
      LockSupport.parkNanos(SETTLING);
    }

    private void ask(long key) {
      try {
        @Nullable String unused = Objects.requireNonNull(get).apply(key);
      } catch (RuntimeException e) {
        failure = e;
      }
    }

    @TearDown
    public void close() {
      Objects.requireNonNull(corral).close();
      Objects.requireNonNull(executor).shutdown();
    }

    void rush(LongFunction<@Nullable String> how) throws InterruptedException {
      get = how;
      Objects.requireNonNull(herd).release();
      if (failure != null) {
        throw failure;
      }
    }
  }

  @Benchmark
  public void corral(Callers callers) throws InterruptedException {
    var cache = Objects.requireNonNull(callers.corral);
    callers.rush(key -> cache.get(key, HerdBenchmark::load));
  }

  @Benchmark
  public void caffeine(Callers callers) throws InterruptedException {
    var cache = Objects.requireNonNull(callers.caffeine);
    callers.rush(key -> cache.get(key, HerdBenchmark::load));
  }

  /** One of them sleeps for as long as a load takes, and then wakes the others. */
  @Benchmark
  public void latch(Callers callers) throws InterruptedException {
    var first = new AtomicBoolean(true);
    var loaded = new CountDownLatch(1);
    callers.rush(
        key -> {
          if (first.compareAndSet(true, false)) {
            load(key);
            loaded.countDown();
          } else {
            awaitQuietly(loaded);
          }
          return "value";
        });
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String load(Long key) {
    long end = System.nanoTime() + LOAD;
    while (end - System.nanoTime() > 0) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
    return "product " + key;
  }
}
