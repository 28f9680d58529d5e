package dev.corral.bench.jmh;

import dev.corral.TieredCache;
import dev.corral.codec.Codec;
import dev.corral.codec.StringCodec;
import dev.corral.redis.RedisStore;
import dev.corral.servers.RedisServer;
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
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;

/**
 * A miss of both tiers whose load takes no time, against a GET and a SET by hand: what single
 * flight, lease and fence cost on top of the two round trips that both need.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class ColdMissBenchmark {
  private static final Duration LIFE = Duration.ofSeconds(30);
  private static final String VALUE = "x".repeat(100);

  /** An empty Redis; each miss is of a new key. */
  @State(Scope.Benchmark)
  public static class Empty {
    private final Codec<String> codec = StringCodec.utf8();
    private final AtomicLong lastKey = new AtomicLong();
    private @Nullable RedisServer server;
    private @Nullable RedisClient jedis;
    private @Nullable RedisStore store;
    private @Nullable TieredCache<Long, String> corral;

    @Setup
    public void open() {
      server = RedisServer.start();
      jedis = RedisClient.create(server.uri());
      store = RedisStore.builder(jedis).namespace("jmh").build();
      corral =
          TieredCache.<Long, String>builder("products").freshFor(LIFE).remote(store, codec).build();
    }

    @TearDown
    public void close() {
      Objects.requireNonNull(corral).close();
      Objects.requireNonNull(store).close();
      Objects.requireNonNull(jedis).close();
      Objects.requireNonNull(server).close();
    }

    long newKey() {
      return lastKey.incrementAndGet();
    }
  }

  @Benchmark
  public @Nullable String corral(Empty empty) {
    return Objects.requireNonNull(empty.corral).get(empty.newKey(), key -> VALUE);
  }

  @Benchmark
  public String jedis(Empty empty) {
    RedisClient jedis = Objects.requireNonNull(empty.jedis);
    byte[] key = RemoteHitBenchmark.bareKey(empty.newKey());
    byte[] held = jedis.get(key);
    if (held != null) {
      throw new IllegalStateException("In Redis already");
    }
    jedis.set(key, empty.codec.encode(VALUE), SetParams.setParams().px(LIFE.toMillis()));
    return VALUE;
  }
}
