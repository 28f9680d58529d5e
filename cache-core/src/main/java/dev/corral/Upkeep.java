package dev.corral;

import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

/**
 * Where Caffeine does its upkeep: making room, and noting what was used. After a hit that is done
 * by another thread, as the one who finds a buffer full would do all the work that the others left.
 * Whoever fills the cache does it at once: after a load or a round trip it is nothing, and waking
 * another thread for it costs more. What the thread that all messages come on drops is tidied up by
 * others.
 */
final class Upkeep implements Executor {

  private final ThreadLocal<Boolean> changing = new ThreadLocal<>();
  private final Executor others;

  Upkeep() {
    this(ForkJoinPool.commonPool());
  }

  /**
   * Creates the upkeep of one cache.
   *
   * @param others does what the caller does not
   */
  Upkeep(Executor others) {
    this.others = others;
  }

  @Override
  public void execute(Runnable task) {
    if (changing.get() == null) {
      others.execute(task);
    } else {
      task.run();
    }
  }

  /** Makes a change whose upkeep is done on this thread. */
  void inCaller(Runnable change) {
    changing.set(Boolean.TRUE);
    try {
      change.run();
    } finally {
      changing.remove();
    }
  }
}
