package dev.corral.bench.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corral.TieredCache;
import dev.corral.codec.StringCodec;
import dev.corral.redis.RedisStore;
import dev.corral.servers.RedisServer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import redis.clients.jedis.RedisClient;

/**
 * Hits in Redis of small values while another thread reads values of 1 MB without pause, with
 * Corral and with a bare pooled client. On one connection for all, each small one would wait for a
 * large one.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class LargeNeighbourBenchmark {
  private static final int KEYS = 100;

  /** A Redis with small and large values, for Corral and for the bare client. */
  @State(Scope.Benchmark)
  public static class Remote {
    private @Nullable RedisServer server;
    private @Nullable RedisClient jedis;
    private @Nullable RedisStore store;
    private @Nullable TieredCache<Long, String> small;
    private @Nullable TieredCache<Long, String> large;

    @Setup
    public void fill() {
      server = RedisServer.start();
      jedis = RedisClient.create(server.uri());
      store = RedisStore.builder(jedis).namespace("jmh").build();
      small = filled("small", "x".repeat(100));
      large = filled("large", "x".repeat(1 << 20));
    }

    private TieredCache<Long, String> filled(String name, String value) {
      TieredCache<Long, String> cache =
          TieredCache.<Long, String>builder(name)
              .freshFor(Duration.ofHours(1))
              .maximumSize(1)
              .remote(Objects.requireNonNull(store), StringCodec.utf8())
              .build();
      for (long key = 0; key < KEYS; key++) {
        cache.get(key, k -> value);
        Objects.requireNonNull(jedis).set(bareKey(name, key), value.getBytes(UTF_8));
      }
      return cache;
    }

    @TearDown
    public void close() {
      Objects.requireNonNull(small).close();
      Objects.requireNonNull(large).close();
      Objects.requireNonNull(store).close();
      Objects.requireNonNull(jedis).close();
      Objects.requireNonNull(server).close();
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
  @Group("corral")
  public @Nullable String corralSmall(Remote remote, Place place) {
    return Objects.requireNonNull(remote.small).get(place.key(), key -> "not in Redis");
  }

  @Benchmark
  @Group("corral")
  public @Nullable String corralLarge(Remote remote, Place place) {
    return Objects.requireNonNull(remote.large).get(place.key(), key -> "not in Redis");
  }

  @Benchmark
  @Group("jedis")
  public String jedisSmall(Remote remote, Place place) {
    return bare(remote, "small", place);
  }

  @Benchmark
  @Group("jedis")
  public String jedisLarge(Remote remote, Place place) {
    return bare(remote, "large", place);
  }

  private static String bare(Remote remote, String name, Place place) {
    byte[] bytes = Objects.requireNonNull(remote.jedis).get(bareKey(name, place.key()));
    return new String(Objects.requireNonNull(bytes), UTF_8);
  }

  private static byte[] bareKey(String name, long key) {
    return ("bare:" + name + ":" + key).getBytes(UTF_8);
  }
}
