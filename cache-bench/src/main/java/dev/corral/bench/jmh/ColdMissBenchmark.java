package dev.corral.bench.jmh;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.corral.TieredCache;
import dev.corral.codec.Codec;
import dev.corral.codec.StringCodec;
import dev.corral.redis.RedisStore;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;

/**
 * A miss of both tiers whose load takes no time, against two tiers by hand, and against a GET and a
 * SET alone: what single flight, lease and fence cost on top of the two round trips that all need.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class ColdMissBenchmark {
  private static final Duration LIFE = Duration.ofSeconds(30);
  private static final int LOCAL_SIZE = 10_000;
  private static final String VALUE = "x".repeat(100);

  /** Each miss is of a new key. */
  @State(Scope.Benchmark)
  public static class NewKeys {
    private final AtomicLong last = new AtomicLong();

    long next() {
      return last.incrementAndGet();
    }
  }

  /** A cache, and an empty Redis. */
  @State(Scope.Benchmark)
  public static class Cached {
    private @Nullable OwnRedis redis;
    private @Nullable RedisStore store;
    private @Nullable TieredCache<Long, String> cache;

    @Setup
    public void open(BenchmarkParams benchmark) {
      redis = new OwnRedis(benchmark);
      store = redis.store();
      cache =
          TieredCache.<Long, String>builder("products")
              .freshFor(LIFE)
              .maximumSize(LOCAL_SIZE)
              .remote(store, StringCodec.utf8())
              .build();
    }

    @TearDown
    public void close() {
      Objects.requireNonNull(cache).close();
      Objects.requireNonNull(store).close();
      Objects.requireNonNull(redis).close();
    }
  }

  /** What one writes by hand, and an empty Redis. */
  @State(Scope.Benchmark)
  public static class ByHand {
    private final Codec<String> codec = StringCodec.utf8();
    private final SetParams life = SetParams.setParams().px(LIFE.toMillis());
    private final Cache<Long, String> local =
        Caffeine.newBuilder().expireAfterWrite(LIFE).maximumSize(LOCAL_SIZE).recordStats().build();
    private @Nullable OwnRedis redis;

    @Setup
    public void open(BenchmarkParams benchmark) {
      redis = new OwnRedis(benchmark);
    }

    @TearDown
    public void close() {
      Objects.requireNonNull(redis).close();
    }

    private String getAndSet(long key) {
      RedisClient client = Objects.requireNonNull(redis).client();
      byte[] name = OwnRedis.bareKey(key);
      if (client.get(name) != null) {
        throw new IllegalStateException("In Redis already: " + key);
      }
      client.set(name, codec.encode(VALUE), life);
      return VALUE;
    }
  }

  @Benchmark
  public @Nullable String corral(Cached cached, NewKeys keys) {
    return Objects.requireNonNull(cached.cache).get(keys.next(), key -> VALUE);
  }

  @Benchmark
  public String twoTiersByHand(ByHand byHand, NewKeys keys) {
    Long key = keys.next();
    if (byHand.local.getIfPresent(key) != null) {
      throw new IllegalStateException("In the local tier already: " + key);
    }
    String loaded = byHand.getAndSet(key);
    byHand.local.put(key, loaded);
    return loaded;
  }

  @Benchmark
  public String getAndSet(ByHand byHand, NewKeys keys) {
    return byHand.getAndSet(keys.next());
  }
}
