package dev.corral;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * Runs small programs of reads and changes on several threads, in many schedules, and asks of each
 * outcome whether it could have come about one call after the other: if a read begins after a
 * change has returned, it sees it. That is what flights, landing and dooming are for.
 */
public class FlightScheduleTest {

  /** The cache of one row, which changes count up. */
  public static class CachedRow {

    private final AtomicInteger row = new AtomicInteger();
    private final TieredCache<Long, Integer> cache =
        TieredCache.<Long, Integer>builder("row")
            .freshFor(Duration.ofDays(1))
            .executor(Runnable::run)
            .scheduler(new HandScheduler())
            .build();

    /** Reads through the cache. */
    @Operation
    public Integer read() {
      return Objects.requireNonNull(cache.get(1L, key -> row.get()));
    }

    /** Reads what was loaded just now. */
    @Operation
    public Integer readAnew() {
      return Objects.requireNonNull(cache.get(1L, Duration.ZERO, key -> row.get()));
    }

    /** Changes the row, and says so. */
    @Operation
    public int change() {
      int changed = row.incrementAndGet();
      cache.invalidate(1L);
      return changed;
    }

    /** Changes the row, and says that anything may have changed. */
    @Operation
    public int changeAll() {
      int changed = row.incrementAndGet();
      cache.invalidateAll();
      return changed;
    }

    /** Changes the row through the cache. */
    @Operation
    public int changeThroughTheCache() {
      AtomicInteger changed = new AtomicInteger();
      cache.change(1L, () -> changed.set(row.incrementAndGet()));
      return changed.get();
    }
  }

  /** The row without a cache. */
  public static class Row {

    private int row;

    /** As the cache is to answer. */
    public Integer read() {
      return row;
    }

    /** As the cache is to answer. */
    public Integer readAnew() {
      return row;
    }

    /** As the cache is to answer. */
    public int change() {
      return ++row;
    }

    /** As the cache is to answer. */
    public int changeAll() {
      return ++row;
    }

    /** As the cache is to answer. */
    public int changeThroughTheCache() {
      return ++row;
    }
  }

  @Test
  void readsSeeEveryChangeThatReturnedBeforeTheyBegan() {
    new StressOptions()
        .sequentialSpecification(Row.class)
        .threads(3)
        .actorsPerThread(3)
        .iterations(Integer.getInteger("corral.schedules.programs", 10))
        .invocationsPerIteration(Integer.getInteger("corral.schedules.runs", 500))
        .check(CachedRow.class);
  }
}
