package dev.corral.bench.jmh;

import dev.corral.TieredCache;
import dev.corral.codec.Codec;
import dev.corral.codec.StringCodec;
import dev.corral.redis.RedisStore;
import dev.corral.servers.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
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
import redis.clients.jedis.RedisClient;

/**
 * A hundred keys at once that are in Redis, against one MGET of a hundred and decoding. The local
 * tier has room for one entry.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class GetAllBenchmark {
  private static final int BATCHES = 100;
  private static final int BATCH = 100;
  private static final String VALUE = "x".repeat(100);

  /** A Redis that holds all keys twice: for Corral and for the bare client. */
  @State(Scope.Benchmark)
  public static class Remote {
    private final Codec<String> codec = StringCodec.utf8();
    private final List<List<Long>> batches = new ArrayList<>();
    private @Nullable RedisServer server;
    private @Nullable RedisClient jedis;
    private @Nullable RedisStore store;
    private @Nullable TieredCache<Long, String> corral;

    @Setup
    public void fill() {
      server = RedisServer.start();
      jedis = RedisClient.create(server.uri());
      store = RedisStore.builder(jedis).namespace("jmh").build();
      corral =
          TieredCache.<Long, String>builder("products")
              .freshFor(Duration.ofHours(1))
              .maximumSize(1)
              .remote(store, codec)
              .build();
      for (long first = 0; first < BATCHES * BATCH; first += BATCH) {
        List<Long> batch = LongStream.range(first, first + BATCH).boxed().toList();
        batches.add(batch);
        corral.getAll(batch, keys -> valuesOf(keys));
        for (Long key : batch) {
          jedis.set(RemoteHitBenchmark.bareKey(key), codec.encode(VALUE));
        }
      }
    }

    private static Map<Long, String> valuesOf(Iterable<? extends Long> keys) {
      Map<Long, String> values = new LinkedHashMap<>();
      keys.forEach(key -> values.put(key, VALUE));
      return values;
    }

    @TearDown
    public void close() {
      Objects.requireNonNull(corral).close();
      Objects.requireNonNull(store).close();
      Objects.requireNonNull(jedis).close();
      Objects.requireNonNull(server).close();
    }
  }

  /** Which batch a thread asks for next. */
  @State(Scope.Thread)
  public static class Place {
    private int last;

    List<Long> batch(Remote remote) {
      last = (last + 1) % BATCHES;
      return remote.batches.get(last);
    }
  }

  @Benchmark
  public Map<Long, String> corral(Remote remote, Place place) {
    return Objects.requireNonNull(remote.corral)
        .getAll(
            place.batch(remote),
            keys -> {
              throw new IllegalStateException("Not in Redis: " + keys);
            });
  }

  @Benchmark
  public Map<Long, String> jedis(Remote remote, Place place) {
    List<Long> batch = place.batch(remote);
    byte[][] keys = batch.stream().map(RemoteHitBenchmark::bareKey).toArray(byte[][]::new);
    List<byte[]> found = Objects.requireNonNull(remote.jedis).mget(keys);
    Map<Long, String> values = new LinkedHashMap<>();
    for (int i = 0; i < batch.size(); i++) {
      values.put(batch.get(i), remote.codec.decode(Objects.requireNonNull(found.get(i))));
    }
    return values;
  }
}
