package dev.corral.bench.jmh;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.corral.CacheBuilder;
import dev.corral.TieredCache;
import dev.corral.micrometer.CorralMeters;
import dev.corral.micrometer.CorralObservations;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
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

/** A hit in the local tier, against Caffeine with the same promises: expiring, counting. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class LocalHitBenchmark {
  private static final int KEYS = 100_000;
  private static final int LENGTH = 1 << 20;
  private static final Duration LIFETIME = Duration.ofHours(1);

  /** Both caches, filled. */
  @State(Scope.Benchmark)
  public static class Caches {
    @Param({"hot", "zipf"})
    public String keys = "";

    /** What watches the cache: nothing, Micrometer's meters, or its observations. */
    @Param("nothing")
    public String watched = "";

    private Long[] sequence = {};
    private @Nullable TieredCache<Long, String> corral;
    private @Nullable Cache<Long, String> caffeine;

    @Setup
    public void fill() {
      sequence = Zipf.sequence(LENGTH, keys.equals("hot") ? 1 : KEYS);
      corral =
          watched(
              TieredCache.<Long, String>builder("products").freshFor(LIFETIME).maximumSize(KEYS));
      caffeine =
          Caffeine.newBuilder().maximumSize(KEYS).expireAfterWrite(LIFETIME).recordStats().build();
      for (Long key : sequence) {
        corral.put(key, load(key));
        caffeine.put(key, load(key));
      }
    }

    private TieredCache<Long, String> watched(CacheBuilder<Long, String> builder) {
      return switch (watched) {
        case "nothing" -> builder.build();
        case "meters" -> CorralMeters.monitor(builder, new SimpleMeterRegistry());
        case "spans" ->
            builder.observer(new CorralObservations(ObservationRegistry.create())).build();
        default -> throw new IllegalArgumentException("watched: " + watched);
      };
    }

    @TearDown
    public void close() {
      corral().close();
    }

    TieredCache<Long, String> corral() {
      return Objects.requireNonNull(corral);
    }

    Cache<Long, String> caffeine() {
      return Objects.requireNonNull(caffeine);
    }
  }

  /** Where a thread is in the sequence. */
  @State(Scope.Thread)
  public static class Place {
    private int next;

    Long key(Caches caches) {
      return caches.sequence[next++ & (LENGTH - 1)];
    }
  }

  @Benchmark
  public @Nullable String corral(Caches caches, Place place) {
    return caches.corral().get(place.key(caches), LocalHitBenchmark::load);
  }

  @Benchmark
  public @Nullable String caffeine(Caches caches, Place place) {
    return caches.caffeine().get(place.key(caches), LocalHitBenchmark::load);
  }

  private static String load(Long key) {
    return "product " + key;
  }
}
