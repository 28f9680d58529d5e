package dev.corral.servers.faults;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The faults of the present that know nothing of what the bytes mean. Thread-safe. */
final class LinkFaults {

  // guarded by this
  private final Map<Direction, Connections> swallowed = new EnumMap<>(Direction.class);
  private final Map<Direction, Connections> stalled = new EnumMap<>(Direction.class);
  private long delayNanos;
  private @Nullable Cut cut;

  /** A cut that hits one connection, once. */
  static final class Cut {
    final Connections which;
    final long afterBytes;
    private final AtomicBoolean done = new AtomicBoolean();

    Cut(Connections which, long afterBytes) {
      this.which = which;
      this.afterBytes = afterBytes;
    }

    boolean happensAt(long bytes) {
      return bytes > afterBytes && done.compareAndSet(false, true);
    }
  }

  synchronized void swallow(Connections which, Direction direction) {
    swallowed.put(direction, which);
  }

  synchronized void stall(Connections which, Direction direction) {
    stalled.put(direction, which);
  }

  synchronized void delay(Duration delay) {
    delayNanos = delay.toNanos();
  }

  synchronized void cutAfter(Connections which, long bytes) {
    cut = new Cut(which, bytes);
  }

  synchronized void heal() {
    swallowed.clear();
    stalled.clear();
    delayNanos = 0;
    cut = null;
  }

  synchronized boolean swallows(Direction direction, boolean subscriber) {
    Connections which = swallowed.get(direction);
    return which != null && which.include(subscriber);
  }

  synchronized boolean stalls(Direction direction, boolean subscriber) {
    Connections which = stalled.get(direction);
    return which != null && which.include(subscriber);
  }

  synchronized long delayNanos() {
    return delayNanos;
  }

  /** Whether a cut is still to come. */
  synchronized boolean isCutPending() {
    return cut != null && !cut.done.get();
  }

  /** The cut that threatens a connection, if there is one. */
  synchronized @Nullable Cut cutFor(boolean subscriber) {
    Cut present = cut;
    return present != null && present.which.include(subscriber) && !present.done.get()
        ? present
        : null;
  }
}
