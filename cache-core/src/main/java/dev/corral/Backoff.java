package dev.corral;

import dev.corral.origin.RetryAfter;
import dev.corral.remote.FailureBackoff;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * For how long a key is left alone after its load failed: exponential with full jitter (Exponential
 * Backoff And Jitter, AWS Architecture Blog, 2015), and no less than the failure itself asks for.
 */
final class Backoff {

  /**
   * By how much more than a failure asks for a key is left alone at most: many are told the same.
   */
  private static final double ASKED_JITTER = 0.1;

  private final Duration base;
  private final Duration cap;
  private final DoubleSupplier random;

  Backoff(Duration base, Duration cap, DoubleSupplier random) {
    this.base = base;
    this.cap = cap;
    this.random = random;
  }

  long capNanos() {
    return cap.toNanos();
  }

  /** Returns the time after so many failures in a row, the last of which is given. */
  long drawNanos(int failures, Throwable failure) {
    double window = Math.min((double) cap.toNanos(), base.toNanos() * Math.pow(2, failures - 1.0));
    // Anything from nothing to the whole window, but never quite nothing.
    long drawn = Math.max(1, (long) (window * (1 - random.getAsDouble())));
    Duration asked = asked(failure);
    return asked.toNanos() >= drawn ? jittered(asked).toNanos() : drawn;
  }

  /** Returns the same as a rule for the remote tier, which counts the failures itself. */
  FailureBackoff rule(Throwable failure) {
    Duration asked = asked(failure);
    if (asked.isZero()) {
      return new FailureBackoff(base, cap, 1 - random.getAsDouble());
    }
    Duration least = jittered(asked);
    return new FailureBackoff(longer(least, base), longer(least, cap), 1);
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  private Duration jittered(Duration asked) {
    return asked.plusNanos((long) (asked.toNanos() * (ASKED_JITTER * random.getAsDouble())));
  }

  private static Duration asked(Throwable failure) {
    Duration asked = RetryAfter.of(failure);
    if (asked == null || asked.compareTo(Durations.SHORTEST) < 0) {
      return Duration.ZERO;
    }
    return asked.compareTo(Durations.LONGEST) > 0 ? Durations.LONGEST : asked;
  }
}
