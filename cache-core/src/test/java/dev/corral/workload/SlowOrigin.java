package dev.corral.workload;

import dev.corral.history.RecordedOrigin;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;

/**
 * How an origin behaves: most loads take a little, some longer, a few longer than it may take until
 * all nodes have heard of an invalidation, of which half then fail. At times many fail.
 */
public final class SlowOrigin implements RecordedOrigin.Manner {

  private static final double LONG_ONES = 0.05;
  private static final double LONGEST_ONES = 0.002;
  private static final long SHORT_NANOS = 500_000;
  private static final long LONG_NANOS = 20_000_000;
  private static final long LONGEST_NANOS = 500_000_000;

  private final DoubleSupplier random;
  private volatile double failing;

  /**
   * Creates a healthy one.
   *
   * @param random from 0 to 1, 1 excluded; thread-safe
   */
  public SlowOrigin(DoubleSupplier random) {
    this.random = random;
  }

  /** Lets this share of the loads fail. */
  public void fail(double share) {
    failing = share;
  }

  @Override
  public void whileLoading() throws IOException {
    double kind = random.getAsDouble();
    long longest =
        kind < LONGEST_ONES ? LONGEST_NANOS : kind < LONG_ONES ? LONG_NANOS : SHORT_NANOS;
    pause((long) (random.getAsDouble() * longest));
    if (random.getAsDouble() < (kind < LONGEST_ONES ? 0.5 : failing)) {
      throw new IOException("The workload lets this load fail");
    }
  }

  private static void pause(long nanos) {
    long until = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
