package dev.corral.origin;

import java.time.Duration;
import java.util.Objects;

/** The rules that the numbers and durations of an origin's options are held to. */
final class Numbers {

  static final Duration SHORTEST = Duration.ofMillis(1);
  static final Duration LONGEST = Duration.ofDays(3650);

  private Numbers() {}

  static int require(String option, int number, int least, int most) {
    if (number < least || number > most) {
      throw new IllegalArgumentException(
          "%s must be from %d to %d: %d".formatted(option, least, most, number));
    }
    return number;
  }

  static Duration require(String option, Duration duration) {
    Objects.requireNonNull(duration, option);
    if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "%s must be from %s to %s: %s".formatted(option, SHORTEST, LONGEST, duration));
    }
    return duration;
  }

  /** Returns the nanoseconds of a duration that may be too long to be added to a time. */
  static long nanos(Duration duration) {
    return duration.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : duration.toNanos();
  }
}
