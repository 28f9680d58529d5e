package dev.corral.origin;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** How long loads have taken lately: a moving mean, good enough to tell somebody when to return. */
final class LoadCost {

  private static final long LEAST_NANOS = Duration.ofMillis(1).toNanos();
  private static final long FIRST_GUESS_NANOS = Duration.ofMillis(100).toNanos();

  private final AtomicLong mean = new AtomicLong();

  /** Moves the mean an eighth of the way. */
  void add(long nanos) {
    mean.accumulateAndGet(nanos, (old, last) -> old == 0 ? last : old + (last - old) / 8);
  }

  long meanNanos() {
    long nanos = mean.get();
    return nanos == 0 ? FIRST_GUESS_NANOS : Math.max(LEAST_NANOS, nanos);
  }
}
