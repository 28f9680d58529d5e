package dev.corral.bench.jmh;

import dev.corral.TieredCache;
import dev.corral.codec.Codec;
import dev.corral.codec.StringCodec;
import dev.corral.redis.RedisStore;
import dev.corral.stats.CacheStats;
import dev.corral.stats.Stat;
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

/** A hit in Redis, against a bare pooled GET and decoding of the same value. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class RemoteHitBenchmark {

  /** What is stored. */
  @State(Scope.Benchmark)
  public static class Value {
    @Param({"100", "10240"})
    public int bytes;

    private String text = "";

    @Setup
    public void fill() {
      text = "x".repeat(bytes);
    }
  }

  /** A cache whose values are all in Redis. */
  @State(Scope.Benchmark)
  public static class Cached {
    private @Nullable OwnRedis redis;
    private @Nullable RedisStore store;
    private @Nullable TieredCache<Long, String> cache;

    @Setup
    public void fill(BenchmarkParams benchmark, Value value) {
      redis = new OwnRedis(benchmark);
      store = redis.store();
      cache = OwnRedis.withoutLocalTier(store, "products");
      for (long key = 0; key < (long) benchmark.getThreads() * Range.KEYS; key++) {
        cache.get(key, k -> value.text);
      }
    }

    @TearDown
    public void close() {
      TieredCache<Long, String> closing = Objects.requireNonNull(cache);
      CacheStats stats = closing.stats();
      closing.close();
      Objects.requireNonNull(store).close();
      Objects.requireNonNull(redis).close();
      long elsewhere =
          stats.get(Stat.LOCAL_HIT) + stats.get(Stat.COALESCED) + stats.get(Stat.REMOTE_HIT_SHARED);
      if (elsewhere * 100 > stats.get(Stat.REMOTE_HIT)) {
        throw new IllegalStateException("Not all hits were hits in Redis: " + stats);
      }
    }
  }

  /** The same values without a cache. */
  @State(Scope.Benchmark)
  public static class Bare {
    private final Codec<String> codec = StringCodec.utf8();
    private @Nullable OwnRedis redis;

    @Setup
    public void fill(BenchmarkParams benchmark, Value value) {
      redis = new OwnRedis(benchmark);
      for (long key = 0; key < (long) benchmark.getThreads() * Range.KEYS; key++) {
        redis.client().set(OwnRedis.bareKey(key), codec.encode(value.text));
      }
    }

    @TearDown
    public void close() {
      Objects.requireNonNull(redis).close();
    }
  }

  @Benchmark
  public @Nullable String corral(Cached cached, Range range) {
    return Objects.requireNonNull(cached.cache)
        .get(
            range.next(),
            key -> {
              throw new IllegalStateException("Not in Redis: " + key);
            });
  }

  @Benchmark
  public String jedis(Bare bare, Range range) {
    byte[] bytes = Objects.requireNonNull(bare.redis).client().get(OwnRedis.bareKey(range.next()));
    return bare.codec.decode(Objects.requireNonNull(bytes));
  }
}
