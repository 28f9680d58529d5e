package dev.corral.origin;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Test;

/**
 * Runs small programs that take and return permits on several threads, in many schedules, and asks
 * of each outcome whether it could have come about one call after the other: no permit is lost,
 * none is given twice, and nobody is sent away while one is free.
 */
public class PermitsScheduleTest {

  private static final int MOST = 2;
  private static final int THREADS = 3;

  /** The permits, and who holds how many. */
  public static class RealPermits {

    private static final long PATIENCE = Duration.ofNanos(50_000).toNanos();

    private final Permits permits =
        new Permits(
            "db", MOST, THREADS, new Runs(System::nanoTime), new LoadCost(), System::nanoTime);
    private final List<Deque<Passage>> held = new ArrayList<>();

    /** Nobody holds any. */
    public RealPermits() {
      for (int i = 0; i <= THREADS + 1; i++) {
        held.add(new ArrayDeque<>());
      }
    }

    /** Takes a permit if it can be had at once. */
    @Operation
    public boolean tryEnter(@Param(gen = ThreadIdGen.class) int thread)
        throws InterruptedException {
      return enter(thread, Priority.REFRESH, 0);
    }

    /** Takes a permit, and waits a little for it. */
    @Operation
    public boolean enter(@Param(gen = ThreadIdGen.class) int thread) throws InterruptedException {
      return enter(thread, Priority.MISS, PATIENCE);
    }

    private boolean enter(int thread, Priority priority, long patience)
        throws InterruptedException {
      try {
        held.get(thread).push(permits.enter(priority, patience));
        return true;
      } catch (Rejection e) {
        return false;
      }
    }

    /** Returns a permit, if this thread has one. */
    @Operation
    public boolean leave(@Param(gen = ThreadIdGen.class) int thread) {
      Passage passage = held.get(thread).poll();
      if (passage == null) {
        return false;
      }
      passage.unused();
      return true;
    }
  }

  /** The same, counted. */
  public static class Count {

    private final int[] held = new int[THREADS + 2];
    private int free = MOST;

    /** Takes a permit if there is one. */
    public boolean tryEnter(int thread) {
      return enter(thread);
    }

    /** Takes a permit if there is one. */
    public boolean enter(int thread) {
      if (free == 0) {
        return false;
      }
      free--;
      held[thread]++;
      return true;
    }

    /** Returns a permit, if this thread has one. */
    public boolean leave(int thread) {
      if (held[thread] == 0) {
        return false;
      }
      free++;
      held[thread]--;
      return true;
    }
  }

  @Test
  void noPermitIsLostOrGivenTwice() {
    new StressOptions()
        .sequentialSpecification(Count.class)
        .threads(THREADS)
        .actorsPerThread(4)
        .iterations(Integer.getInteger("corral.schedules.programs", 10))
        .invocationsPerIteration(Integer.getInteger("corral.schedules.runs", 500))
        .check(RealPermits.class);
  }
}
