package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.corral.stats.StatsCounter;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.ClassLayout;
import org.openjdk.jol.info.GraphLayout;

/** What a value costs in memory, besides itself and its key. */
class FootprintTest {

  private static final int COUNT = 1 << 14;

  static {
    // Lambdas hide where their fields are; read by the tool when it is used for the first time.
    System.setProperty("jol.magicFieldOffset", "true");
  }

  @Test
  void anEntryHasRoomForWhatItNeedsAndNoMore() {
    assertThat(ClassLayout.parseClass(Entry.class).instanceSize()).isLessThanOrEqualTo(64);
  }

  @Test
  void aValueCostsLittleMoreThanInCaffeineWithAnExpiry() throws Exception {
    List<Long> keys = LongStream.range(1_000, 1_000 + COUNT).boxed().toList();
    Cache<Long, String> caffeine =
        Caffeine.newBuilder()
            .maximumSize(COUNT)
            .expireAfterWrite(Duration.ofHours(1))
            .executor(Runnable::run)
            .build();
    LocalTier<Long, String> corral = new LocalTier<>(COUNT, new StatsCounter());
    for (Long key : keys) {
      caffeine.put(key, "value");
      corral.fill(key, Entry.of("value", 1, 1, 1, 1, 1, 1, Era.NONE, null));
    }
    caffeine.cleanUp();
    assertThat(corral.estimatedSize()).isEqualTo(COUNT);

    double more = bytesOfNodes(field(corral, "entries")) - bytesOfNodes(caffeine);
    assertThat(more / COUNT).as("bytes a value").isLessThan(49);
  }

  /** Of the map inside of a cache: what is around it is the same for any number of values. */
  private static long bytesOfNodes(Object cache) throws Exception {
    return GraphLayout.parseInstance(field(field(cache, "cache"), "data")).totalSize();
  }

  private static Object field(Object object, String name) throws Exception {
    for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          field.setAccessible(true);
          return Objects.requireNonNull(field.get(object));
        }
      }
    }
    throw new NoSuchFieldException(object.getClass() + "." + name);
  }
}
