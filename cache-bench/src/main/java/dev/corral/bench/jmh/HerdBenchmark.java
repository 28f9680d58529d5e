package dev.corral.bench.jmh;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.corral.TieredCache;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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
 * of waking them, which {@code latch} does and nothing else.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 20)
@Fork(3)
public class HerdBenchmark {
  private static final long LOAD = TimeUnit.MILLISECONDS.toNanos(50);

  /** Waiting threads, and caches without a remote tier; each herd asks for a new key. */
  @State(Scope.Benchmark)
  public static class Herd {
    /** "platform", or "virtual" on a JDK that has them. */
    @Param("platform")
    public String threads = "";

    private int size;
    private @Nullable ExecutorService executor;
    private @Nullable TieredCache<Long, String> corral;
    private @Nullable Cache<Long, String> caffeine;
    private long nextKey;

    @Setup
    public void open() throws ReflectiveOperationException {
      size = threads.equals("virtual") ? 10_000 : 1_000;
      executor = threads.equals("virtual") ? virtual() : Executors.newFixedThreadPool(size);
      Duration lifetime = Duration.ofHours(1);
      corral = TieredCache.<Long, String>builder("products").freshFor(lifetime).build();
      caffeine = Caffeine.newBuilder().expireAfterWrite(lifetime).recordStats().build();
    }

    /** By name, since the classes are those of Java 17. */
    private static ExecutorService virtual() throws ReflectiveOperationException {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }

    @TearDown
    public void close() {
      Objects.requireNonNull(corral).close();
      Objects.requireNonNull(executor).shutdown();
    }

    void rush(LongFunction<@Nullable String> get) throws Exception {
      long key = nextKey++;
      var start = new CountDownLatch(1);
      List<Future<?>> asked = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        asked.add(
            Objects.requireNonNull(executor)
                .submit(
                    () -> {
                      start.await();
                      return get.apply(key);
                    }));
      }
      start.countDown();
      for (Future<?> answer : asked) {
        answer.get();
      }
    }
  }

  @Benchmark
  public void corral(Herd herd) throws Exception {
    var cache = Objects.requireNonNull(herd.corral);
    herd.rush(key -> cache.get(key, HerdBenchmark::load));
  }

  @Benchmark
  public void caffeine(Herd herd) throws Exception {
    var cache = Objects.requireNonNull(herd.caffeine);
    herd.rush(key -> cache.get(key, HerdBenchmark::load));
  }

  /** One of them sleeps for as long as a load takes, and then wakes the others. */
  @Benchmark
  public void latch(Herd herd) throws Exception {
    var first = new AtomicBoolean(true);
    var loaded = new CountDownLatch(1);
    herd.rush(
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
