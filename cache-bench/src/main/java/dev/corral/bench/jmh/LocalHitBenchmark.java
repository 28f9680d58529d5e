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
  private static final Duration LIFETIME = Duration.ofHours(1);

  /** Corral, filled. */
  @State(Scope.Benchmark)
  public static class Cached {
    /** What watches it: nothing, Micrometer's meters, or its observations. */
    @Param("nothing")
    public String watched = "";

    private @Nullable TieredCache<Long, String> cache;

    @Setup
    public void fill(Popular popular) {
      TieredCache<Long, String> filled =
          watched(
              TieredCache.<Long, String>builder("products")
                  .freshFor(LIFETIME)
                  .maximumSize(Popular.KEYS));
      popular.all().forEach(key -> filled.put(key, load(key)));
      cache = filled;
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
      Objects.requireNonNull(cache).close();
    }
  }

  /** Caffeine, filled. */
  @State(Scope.Benchmark)
  public static class Bare {
    private final Cache<Long, String> cache =
        Caffeine.newBuilder()
            .maximumSize(Popular.KEYS)
            .expireAfterWrite(LIFETIME)
            .recordStats()
            .build();

    @Setup
    public void fill(Popular popular) {
      popular.all().forEach(key -> cache.put(key, load(key)));
    }
  }

  @Benchmark
  public @Nullable String corral(Cached cached, Popular popular, Popular.Place place) {
    return Objects.requireNonNull(cached.cache).get(place.key(popular), LocalHitBenchmark::load);
  }

  @Benchmark
  public @Nullable String caffeine(Bare bare, Popular popular, Popular.Place place) {
    return bare.cache.get(place.key(popular), LocalHitBenchmark::load);
  }

  private static String load(Long key) {
    return "product " + key;
  }
}
