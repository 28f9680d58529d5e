package dev.corral;

import java.time.Duration;
import java.util.Objects;

/** The rules that durations given by a user are held to. */
final class Durations {

  /** Ten years: well inside what a {@code long} of nanoseconds can tell apart. */
  static final Duration LONGEST = Duration.ofDays(3650);

  static final Duration SHORTEST = Duration.ofMillis(1);

  private Durations() {}

  /** A time that something lasts: at least a millisecond, the unit of the remote tier. */
  static Duration requireLifetime(String option, Duration duration) {
    Objects.requireNonNull(duration, option);
    if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          option + " must be from " + SHORTEST + " to " + LONGEST + ": " + duration);
    }
    return duration;
  }

  /** A window that may be empty. */
  static Duration requireWindow(String option, Duration duration) {
    Objects.requireNonNull(duration, option);
    if (duration.isZero()) {
      return duration;
    }
    return requireLifetime(option, duration);
  }
}
