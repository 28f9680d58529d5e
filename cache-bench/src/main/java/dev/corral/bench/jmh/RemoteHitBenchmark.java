package dev.corral.bench.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corral.TieredCache;
import dev.corral.codec.Codec;
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
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import redis.clients.jedis.RedisClient;

/**
 * A hit in Redis, against a bare pooled GET and decoding of the same value. Corral's local tier has
 * room for one entry and is asked for many keys in turn, so that it practically never has the one.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class RemoteHitBenchmark {
  private static final int KEYS = 1000;

  /** A Redis that holds all keys twice: for Corral and for the bare client. */
  @State(Scope.Benchmark)
  public static class Remote {
    @Param({"100", "10240"})
    public int bytes;

    private String value = "";
    private final Codec<String> codec = StringCodec.utf8();
    private @Nullable RedisServer server;
    private @Nullable RedisClient jedis;
    private @Nullable RedisStore store;
    private @Nullable TieredCache<Long, String> corral;

    @Setup
    public void fill() {
      value = "x".repeat(bytes);
      server = RedisServer.start();
      ServerCpuProfiler.watch(server.uri());
      jedis = RedisClient.create(server.uri());
      store = RedisStore.builder(jedis).namespace("jmh").build();
      corral =
          TieredCache.<Long, String>builder("products")
              .freshFor(Duration.ofHours(1))
              .maximumSize(1)
              .remote(store, codec)
              .build();
      for (long key = 0; key < KEYS; key++) {
        corral.get(key, k -> value);
        jedis.set(bareKey(key), codec.encode(value));
      }
    }

    @TearDown
    public void close() {
      ServerCpuProfiler.unwatch();
      Objects.requireNonNull(corral).close();
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
  public @Nullable String corral(Remote remote, Place place) {
    return Objects.requireNonNull(remote.corral)
        .get(
            place.key(),
            key -> {
              throw new IllegalStateException("Not in Redis: " + key);
            });
  }

  @Benchmark
  public String jedis(Remote remote, Place place) {
    byte[] bytes = Objects.requireNonNull(remote.jedis).get(bareKey(place.key()));
    return remote.codec.decode(Objects.requireNonNull(bytes));
  }

  static byte[] bareKey(long key) {
    return ("bare:" + key).getBytes(UTF_8);
  }
}
