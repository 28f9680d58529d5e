package dev.corral.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Measures what a call allocates on this thread. */
public final class Allocation {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final int ATTEMPTS = 5;

  private Allocation() {}

  /**
   * Returns the bytes that a call allocates. The JVM now and then counts some of its own, but not
   * every time: a call that took more than it may is made again.
   *
   * @param allowed how many it may allocate
   */
  public static long of(Runnable call, long allowed) {
    long least = Long.MAX_VALUE;
    for (int attempt = 0; attempt < ATTEMPTS && least > allowed; attempt++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      call.run();
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }
}
