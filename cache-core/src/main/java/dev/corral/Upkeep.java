package dev.corral;

import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/**
 * Where Caffeine does its upkeep: making room, and noting what was used. After a hit that is done
 * by another thread, as the one who finds a buffer full would do all the work that the others left.
 * Whoever fills the cache does it at once: after a load or a round trip it is nothing, and waking
 * another thread for it costs more. What the thread that all messages come on drops is tidied up by
 * others.
 */
final class Upkeep implements Executor {

  // One for all caches, and never removed: to remove and to set it anew takes longer than the rest.
  // Of objects, and empty but for the time of a change: nothing that stays with a thread leads to a
  // class of this library, which an application server may want to unload.
  private static final ThreadLocal<@Nullable Object[]> CHANGING =
      ThreadLocal.withInitial(() -> new @Nullable Object[1]);

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
    if (CHANGING.get()[0] == this) {
      task.run();
    } else {
      others.execute(task);
    }
  }

  /** Makes a change whose upkeep is done on this thread. */
  void inCaller(Runnable change) {
    @Nullable Object[] changing = CHANGING.get();
    @Nullable Object before = changing[0];
    changing[0] = this;
    try {
      change.run();
    } finally {
      changing[0] = before;
    }
  }
}
