package dev.corral.idempotency;

import java.time.Duration;
import java.util.Objects;

/** The rules that durations are held to. */
final class Options {

  private static final Duration LONGEST = Duration.ofDays(3650);

  private Options() {}

  static Duration duration(String option, Duration duration, Duration shortest) {
    Objects.requireNonNull(duration, option);
    if (duration.compareTo(shortest) < 0 || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "%s must be from %s to %s: %s".formatted(option, shortest, LONGEST, duration));
    }
    return duration;
  }
}
