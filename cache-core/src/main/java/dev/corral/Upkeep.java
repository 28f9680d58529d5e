package dev.corral;

import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

/**
 * Where Caffeine does its upkeep: making room, and noting what was used. After a hit that is done
 * by another thread, as the one who finds a buffer full would do all the work that the others left.
 * Whoever changes the cache does it at once: after a load or a round trip it is nothing, and waking
 * another thread for it costs more.
 */
final class Upkeep implements Executor {

  private final ThreadLocal<Boolean> changing = new ThreadLocal<>();

  @Override
  public void execute(Runnable task) {
    if (changing.get() == null) {
      ForkJoinPool.commonPool().execute(task);
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
