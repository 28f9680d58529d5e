package dev.corral.origin;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * When an origin is left alone, and for how long: after so many failures in a row the breaker
 * opens, and rejects all loads; some time later it lets a few through, and closes if they go well.
 * A load that is too slow counts as a failure, and so does one that hangs, as soon as its time is
 * up. Immutable; each method returns a copy.
 */
public final class CircuitBreaking {

  private static final int DEFAULT_FAILURES = 5;
  private static final int DEFAULT_SUCCESSES = 3;
  private static final Duration DEFAULT_OPEN_FOR = Duration.ofSeconds(30);

  private final int failures;
  private final int successes;
  private final Duration openFor;
  private final @Nullable Duration slowAfter;
  private final Predicate<Throwable> harmless;

  private CircuitBreaking(
      int failures,
      int successes,
      Duration openFor,
      @Nullable Duration slowAfter,
      Predicate<Throwable> harmless) {
    this.failures = failures;
    this.successes = successes;
    this.openFor = openFor;
    this.slowAfter = slowAfter;
    this.harmless = harmless;
  }

  /** Opens for 30 s after 5 failures in a row, closes after 3 successes; slow is nothing. */
  public static CircuitBreaking defaults() {
    return new CircuitBreaking(
        DEFAULT_FAILURES, DEFAULT_SUCCESSES, DEFAULT_OPEN_FOR, null, failure -> false);
  }

  /**
   * After how many failures in a row it opens. Default: 5.
   *
   * @throws IllegalArgumentException unless from 1 to 10,000
   */
  public CircuitBreaking failures(int count) {
    return new CircuitBreaking(
        Numbers.require("failures", count, 1, 10_000), successes, openFor, slowAfter, harmless);
  }

  /**
   * How many loads it lets through then, all of which must go well for it to close. Default: 3.
   *
   * @throws IllegalArgumentException unless from 1 to 10,000
   */
  public CircuitBreaking successes(int count) {
    return new CircuitBreaking(
        failures, Numbers.require("successes", count, 1, 10_000), openFor, slowAfter, harmless);
  }

  /**
   * How long it rejects all loads. Default: 30 s.
   *
   * @throws IllegalArgumentException unless from 1 ms to 3650 days
   */
  public CircuitBreaking openFor(Duration duration) {
    return new CircuitBreaking(
        failures, successes, Numbers.require("openFor", duration), slowAfter, harmless);
  }

  /**
   * From which time on a load counts as failed though it brought a value. Default: a load that
   * returns is never too slow; one that hangs has failed when its load timeout is over.
   *
   * @throws IllegalArgumentException unless from 1 ms to 3650 days
   */
  public CircuitBreaking slowAfter(Duration duration) {
    return new CircuitBreaking(
        failures, successes, openFor, Numbers.require("slowAfter", duration), harmless);
  }

  /**
   * Which failures say nothing about the health of the origin, such as a key that it refuses.
   * Default: none.
   */
  public CircuitBreaking ignoring(Predicate<Throwable> failures) {
    Objects.requireNonNull(failures, "ignoring");
    return new CircuitBreaking(this.failures, successes, openFor, slowAfter, failures);
  }

  int failures() {
    return failures;
  }

  int successes() {
    return successes;
  }

  Duration openFor() {
    return openFor;
  }

  @Nullable Duration slowAfter() {
    return slowAfter;
  }

  Predicate<Throwable> harmless() {
    return harmless;
  }
}
