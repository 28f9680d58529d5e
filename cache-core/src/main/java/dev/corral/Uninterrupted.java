package dev.corral;

import java.util.function.Supplier;

/** Steps that others wait for, which an interrupt of this thread must not prevent. */
final class Uninterrupted {

  private Uninterrupted() {}

  /**
   * Takes a step that ends a lease or voids a key, even if this thread was interrupted: the step
   * needs a connection, and waiting for one fails with the flag set. The flag is set again then.
   */
  static <T> T take(Supplier<T> step) {
    boolean interrupted = Thread.interrupted();
    try {
      return step.get();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
