package dev.corral.bench.jmh;

import dev.corral.TieredCache;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A hit of a stale value while its refresh runs, against a hit of a fresh one. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class StaleHitBenchmark {

  /** A value that is fresh, and one whose refresh does not end. */
  @State(Scope.Benchmark)
  public static class Values {
    private final CountDownLatch end = new CountDownLatch(1);
    private @Nullable TieredCache<Long, String> fresh;
    private @Nullable TieredCache<Long, String> stale;

    @Setup
    public void fill() {
      Duration lifetime = Duration.ofHours(1);
      fresh = TieredCache.<Long, String>builder("fresh").freshFor(lifetime).build();
      fresh.get(1L, key -> "value");
      stale =
          TieredCache.<Long, String>builder("stale")
              .freshFor(Duration.ofMillis(1))
              .staleFor(lifetime)
              .loadTimeout(lifetime)
              .build();
      stale.get(1L, key -> "value");
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      stale.get(1L, this::refresh);
    }

    private String refresh(Long key) throws InterruptedException {
      end.await();
      return "refreshed";
    }

    @TearDown
    public void close() {
      end.countDown();
      Objects.requireNonNull(fresh).close();
      Objects.requireNonNull(stale).close();
    }
  }

  @Benchmark
  public @Nullable String corral(Values values) {
    return Objects.requireNonNull(values.stale).get(1L, key -> "never");
  }

  @Benchmark
  public @Nullable String fresh(Values values) {
    return Objects.requireNonNull(values.fresh).get(1L, key -> "never");
  }
}
