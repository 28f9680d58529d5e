package dev.corral;

import java.util.List;

/** Whether a cache is open, and what is to be closed with it. */
final class Lifecycle implements AutoCloseable {

  private final String cache;
  private final List<Runnable> closings;
  private volatile boolean closed; // set once, guarded by this

  /**
   * Creates the lifecycle of an open cache.
   *
   * @param closings what is to be done, in this order, when it is closed
   */
  Lifecycle(String cache, List<Runnable> closings) {
    this.cache = cache;
    this.closings = closings;
  }

  boolean isOpen() {
    return !closed;
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("Cache " + cache + " is closed");
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    closeAll();
  }

  /** Does all that is to be done, and then throws the first failure if there was any. */
  private void closeAll() {
    RuntimeException first = null;
    for (Runnable closing : closings) {
      try {
        closing.run();
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
