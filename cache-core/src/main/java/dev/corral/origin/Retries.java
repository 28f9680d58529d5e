package dev.corral.origin;

import java.time.Duration;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which failed loads are tried again at once, how often, and after what pause. Immutable; each
 * method returns a copy.
 *
 * <p>Nothing is tried again unless its failure is declared to be transient. The pause before the
 * {@code n}th retry is a random part of {@code base × 2^(n-1)}, and of {@code cap} at most: "full
 * jitter" (Exponential Backoff And Jitter, AWS Architecture Blog, 2015). A failure that knows
 * better says so by {@link RetryAfter}. No retry begins when the time of the load would be over.
 */
public final class Retries {

  private static final Duration DEFAULT_BASE = Duration.ofMillis(50);
  private static final Duration DEFAULT_CAP = Duration.ofSeconds(1);

  private final int most;
  private final Predicate<Throwable> isTransient;
  private final boolean declared;
  private final Duration base;
  private final Duration cap;

  private Retries(
      int most, Predicate<Throwable> isTransient, boolean declared, Duration base, Duration cap) {
    this.most = most;
    this.isTransient = isTransient;
    this.declared = declared;
    this.base = base;
    this.cap = cap;
  }

  /**
   * Tries again so many times: after {@code upTo(2)} a loader is called three times at most.
   *
   * @throws IllegalArgumentException unless from 1 to 10
   */
  public static Retries upTo(int count) {
    return new Retries(
        Numbers.require("retries", count, 1, 10),
        failure -> false,
        false,
        DEFAULT_BASE,
        DEFAULT_CAP);
  }

  static Retries none() {
    return new Retries(0, failure -> false, true, DEFAULT_BASE, DEFAULT_CAP);
  }

  /**
   * Declares failures of a type to be transient, such as {@link
   * java.util.concurrent.TimeoutException} or {@code SQLTransientException}. Adds to what was
   * declared before.
   */
  public Retries on(Class<? extends Exception> type) {
    return when(Objects.requireNonNull(type, "on")::isInstance);
  }

  /** Declares failures to be transient. Adds to what was declared before. */
  public Retries when(Predicate<? super Throwable> failures) {
    Objects.requireNonNull(failures, "when");
    return new Retries(
        most, failure -> isTransient.test(failure) || failures.test(failure), true, base, cap);
  }

  /**
   * Sets the pauses. Default: 50 ms and 1 s.
   *
   * @throws IllegalArgumentException unless {@code base} is from 1 ms, and {@code cap} from {@code
   *     base}, to 3650 days
   */
  public Retries backoff(Duration base, Duration cap) {
    Numbers.require("backoff base", base);
    Numbers.require("backoff cap", cap);
    if (cap.compareTo(base) < 0) {
      throw new IllegalArgumentException(
          "backoff cap must be at least its base " + base + ": " + cap);
    }
    return new Retries(most, isTransient, declared, base, cap);
  }

  /** Whether anything was said on which failures are transient. */
  boolean isDeclared() {
    return declared;
  }

  /**
   * Returns the pause before the next attempt, in nanoseconds; null if there is to be none.
   *
   * @param failures how many attempts have failed, this one included
   */
  @Nullable Long pauseNanos(int failures, Throwable failure, DoubleSupplier random) {
    if (failures > most || !isTransient.test(failure)) {
      return null;
    }
    double window = Math.min((double) cap.toNanos(), base.toNanos() * Math.pow(2, failures - 1.0));
    long drawn = (long) (window * random.getAsDouble());
    Duration asked = RetryAfter.of(failure);
    // Jitter on top of what was asked for: many were told the same.
    return asked == null ? (Long) drawn : (Long) (Numbers.nanos(asked) + drawn);
  }
}
