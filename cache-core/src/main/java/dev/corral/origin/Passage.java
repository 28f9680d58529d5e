package dev.corral.origin;

import org.jspecify.annotations.Nullable;

/** A load that has been let through a gate. It ends in exactly one of these ways, once. */
interface Passage {

  /**
   * The load ended, or was given up because it hangs.
   *
   * @param failure null if it ended well
   */
  void ended(long nanos, @Nullable Throwable failure);

  /** The load was not begun after all, or its thread was interrupted: that says nothing. */
  void unused();
}
