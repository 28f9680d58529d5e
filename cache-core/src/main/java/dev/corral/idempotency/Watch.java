package dev.corral.idempotency;

import java.time.Duration;

/** One caller's eye on a key. For one thread. */
public interface Watch extends AutoCloseable {

  /**
   * Returns when the key may have changed, and after the limit at the latest. A store that is told
   * of nothing returns earlier, after pauses that grow.
   */
  void await(Duration limit) throws InterruptedException;

  /** Ends the watch. */
  @Override
  void close();
}
