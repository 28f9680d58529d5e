package dev.corral.bench.jmh;

import dev.corral.TieredCache;
import dev.corral.codec.Codec;
import dev.corral.codec.StringCodec;
import dev.corral.redis.RedisStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
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
import org.openjdk.jmh.infra.BenchmarkParams;

/** A hundred keys at once that are in Redis, against one MGET of a hundred and decoding. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class GetAllBenchmark {
  private static final int BATCHES = 100;
  private static final int BATCH = 100;
  private static final String VALUE = "x".repeat(100);
  private static final List<List<Long>> ALL =
      LongStream.range(0, BATCHES)
          .mapToObj(i -> LongStream.range(i * BATCH, (i + 1) * BATCH).boxed().toList())
          .toList();

  /** A cache whose values are all in Redis. */
  @State(Scope.Benchmark)
  public static class Cached {
    private @Nullable OwnRedis redis;
    private @Nullable RedisStore store;
    private @Nullable TieredCache<Long, String> cache;

    @Setup
    public void fill(BenchmarkParams benchmark) {
      redis = new OwnRedis(benchmark);
      store = redis.store();
      TieredCache<Long, String> filled = OwnRedis.withoutLocalTier(store, "products");
      ALL.forEach(batch -> filled.getAll(batch, keys -> valuesOf(keys)));
      cache = filled;
    }

    private static Map<Long, String> valuesOf(Iterable<? extends Long> keys) {
      Map<Long, String> values = new LinkedHashMap<>();
      keys.forEach(key -> values.put(key, VALUE));
      return values;
    }

    @TearDown
    public void close() {
      Objects.requireNonNull(cache).close();
      Objects.requireNonNull(store).close();
      Objects.requireNonNull(redis).close();
    }
  }

  /** The same values without a cache. */
  @State(Scope.Benchmark)
  public static class Bare {
    private final Codec<String> codec = StringCodec.utf8();
    private @Nullable OwnRedis redis;

    @Setup
    public void fill(BenchmarkParams benchmark) {
      OwnRedis filled = new OwnRedis(benchmark);
      for (List<Long> batch : ALL) {
        batch.forEach(key -> filled.client().set(OwnRedis.bareKey(key), codec.encode(VALUE)));
      }
      redis = filled;
    }

    @TearDown
    public void close() {
      Objects.requireNonNull(redis).close();
    }
  }

  /** Which batch a thread asks for next. */
  @State(Scope.Thread)
  public static class Place {
    private int last;

    List<Long> batch() {
      last = (last + 1) % BATCHES;
      return ALL.get(last);
    }
  }

  @Benchmark
  public Map<Long, String> corral(Cached cached, Place place) {
    return Objects.requireNonNull(cached.cache)
        .getAll(
            place.batch(),
            keys -> {
              throw new IllegalStateException("Not in Redis: " + keys);
            });
  }

  @Benchmark
  public Map<Long, String> jedis(Bare bare, Place place) {
    List<Long> batch = place.batch();
    byte[][] keys = batch.stream().map(OwnRedis::bareKey).toArray(byte[][]::new);
    List<byte[]> found = Objects.requireNonNull(bare.redis).client().mget(keys);
    Map<Long, String> values = new LinkedHashMap<>();
    for (int i = 0; i < batch.size(); i++) {
      values.put(batch.get(i), bare.codec.decode(Objects.requireNonNull(found.get(i))));
    }
    return values;
  }
}
