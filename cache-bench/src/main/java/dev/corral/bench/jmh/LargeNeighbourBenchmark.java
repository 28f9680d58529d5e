package dev.corral.bench.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corral.TieredCache;
import dev.corral.redis.RedisStore;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * Hits in Redis of small values, alone and while another thread reads values of 1 MB without pause,
 * with Corral and with a bare pooled client. On one connection for all, each small one would wait
 * for a large one.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class LargeNeighbourBenchmark {
  private static final int KEYS = 100;
  private static final String SMALL = "x".repeat(100);
  private static final String LARGE = "x".repeat(1 << 20);

  /** What the neighbour of the small hits does. */
  @State(Scope.Benchmark)
  public static class Neighbour {
    /** "1 MB", or "none". */
    @Param({"none", "1 MB"})
    public String neighbour = "";

    private @Nullable Thread thread;
    private volatile boolean over;

    void begin(Runnable read) {
      if (neighbour.equals("none")) {
        return;
      }
      thread =
          new Thread(
              () -> {
                while (!over) {
                  read.run();
                }
              },
              "large-neighbour");
      thread.setDaemon(true);
      thread.start();
    }

    void end() throws InterruptedException {
      over = true;
      if (thread != null) {
        thread.join();
      }
    }
  }

  /** Two caches on one store. */
  @State(Scope.Benchmark)
  public static class Cached {
    private @Nullable OwnRedis redis;
    private @Nullable RedisStore store;
    private @Nullable TieredCache<Long, String> small;
    private @Nullable TieredCache<Long, String> large;

    @Setup
    public void fill(BenchmarkParams benchmark, Neighbour neighbour) {
      redis = new OwnRedis(benchmark);
      store = redis.store();
      small = filled("small", SMALL);
      TieredCache<Long, String> big = filled("large", LARGE);
      large = big;
      Place place = new Place();
      neighbour.begin(() -> big.get(place.key(), key -> LARGE));
    }

    private TieredCache<Long, String> filled(String name, String value) {
      TieredCache<Long, String> cache =
          OwnRedis.withoutLocalTier(Objects.requireNonNull(store), name);
      for (long key = 0; key < KEYS; key++) {
        cache.get(key, k -> value);
      }
      return cache;
    }

    @TearDown
    public void close(Neighbour neighbour) throws InterruptedException {
      neighbour.end();
      Objects.requireNonNull(small).close();
      Objects.requireNonNull(large).close();
      Objects.requireNonNull(store).close();
      Objects.requireNonNull(redis).close();
    }
  }

  /** The same values without a cache: small ones first, then large ones. */
  @State(Scope.Benchmark)
  public static class Bare {
    private @Nullable OwnRedis redis;

    @Setup
    public void fill(BenchmarkParams benchmark, Neighbour neighbour) {
      OwnRedis filled = new OwnRedis(benchmark);
      for (long key = 0; key < KEYS; key++) {
        filled.client().set(OwnRedis.bareKey(key), SMALL.getBytes(UTF_8));
        filled.client().set(OwnRedis.bareKey(KEYS + key), LARGE.getBytes(UTF_8));
      }
      redis = filled;
      Place place = new Place();
      neighbour.begin(() -> get(KEYS + place.key()));
    }

    private String get(long key) {
      byte[] bytes = Objects.requireNonNull(redis).client().get(OwnRedis.bareKey(key));
      return new String(Objects.requireNonNull(bytes), UTF_8);
    }

    @TearDown
    public void close(Neighbour neighbour) throws InterruptedException {
      neighbour.end();
      Objects.requireNonNull(redis).close();
    }
  }

  /** Which key a thread asks for next. */
  @State(Scope.Thread)
  public static class Place {
    private long last;

    long key() {
      last = (last + 1) % KEYS;
      return last;
    }
  }

  @Benchmark
  public @Nullable String corral(Cached cached, Place place) {
    return Objects.requireNonNull(cached.small).get(place.key(), key -> SMALL);
  }

  @Benchmark
  public String jedis(Bare bare, Place place) {
    return bare.get(place.key());
  }
}
