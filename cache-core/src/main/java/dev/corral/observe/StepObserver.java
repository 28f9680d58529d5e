package dev.corral.observe;

import org.jspecify.annotations.Nullable;

/**
 * Is told when a cache begins and ends what takes time, to measure or to trace it. A hit of the
 * local tier is no step, and costs nothing more.
 *
 * <p>Steps lie within each other: one that begins on a thread ends on that thread, and before those
 * that were begun there earlier. An implementation is thread-safe, returns quickly and does not
 * call the cache. What it throws is logged and otherwise ignored.
 */
@FunctionalInterface
public interface StepObserver {

  /**
   * A step begins, on the current thread.
   *
   * @return is told the end
   */
  Ongoing begin(Step step);

  /** A step that has begun. */
  @FunctionalInterface
  interface Ongoing {

    /**
     * The step ended, on the thread on which it began. Called once.
     *
     * @param failure what it threw; null if it returned
     */
    void end(@Nullable Throwable failure);
  }
}
