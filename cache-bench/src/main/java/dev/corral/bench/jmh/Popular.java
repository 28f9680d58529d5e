package dev.corral.bench.jmh;

import java.util.Arrays;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;

/** The keys that are asked for: one alone, or a hundred thousand by popularity. */
@State(Scope.Benchmark)
public class Popular {
  static final int KEYS = 100_000;
  private static final int LENGTH = 1 << 20;

  /** "hot" or "zipf". */
  @Param({"hot", "zipf"})
  public String keys = "";

  private Long[] sequence = {};

  /** Draws them. */
  @Setup
  public void draw() {
    sequence = Zipf.sequence(LENGTH, keys.equals("hot") ? 1 : KEYS);
  }

  Iterable<Long> all() {
    return Arrays.asList(sequence);
  }

  /** Where a thread is in the sequence: none follows in the tracks of another one. */
  @State(Scope.Thread)
  public static class Place {
    private int next;

    /** Begins at a place of its own. */
    @Setup
    public void begin(ThreadParams thread) {
      next = LENGTH / thread.getThreadCount() * thread.getThreadIndex();
    }

    Long key(Popular popular) {
      return popular.sequence[next++ & (LENGTH - 1)];
    }
  }
}
