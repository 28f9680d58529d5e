package dev.corral;

import java.time.Duration;

/**
 * How long a value may be served after it was loaded: as it is while fresh, then for a while as
 * stale, that is while a load runs or fails. Immutable.
 *
 * <pre>{@code
 * Freshness.fresh(Duration.ofSeconds(2)).thenStale(Duration.ofSeconds(30))
 * }</pre>
 */
public final class Freshness {

  private static final Freshness UNCACHED = new Freshness(Duration.ZERO, Duration.ZERO);

  private final Duration fresh;
  private final Duration stale;

  private Freshness(Duration fresh, Duration stale) {
    this.fresh = fresh;
    this.stale = stale;
  }

  /**
   * Fresh for {@code duration}, gone after that.
   *
   * @throws IllegalArgumentException unless {@code duration} is from 1 ms to 3650 days
   */
  public static Freshness fresh(Duration duration) {
    return new Freshness(Durations.requireLifetime("freshness.fresh", duration), Duration.ZERO);
  }

  /** Handed to those who wait for it, and kept nowhere. */
  public static Freshness uncached() {
    return UNCACHED;
  }

  /**
   * Returns this freshness with a stale window of {@code duration} behind it.
   *
   * @throws IllegalArgumentException unless {@code duration} is from zero to 3650 days
   * @throws IllegalStateException if this is {@link #uncached()}
   */
  public Freshness thenStale(Duration duration) {
    if (isUncached()) {
      throw new IllegalStateException("what is uncached cannot be stale");
    }
    return new Freshness(fresh, Durations.requireWindow("freshness.thenStale", duration));
  }

  /** Returns how long a value is fresh; zero if uncached. */
  public Duration freshFor() {
    return fresh;
  }

  /** Returns how long a value may be served after it was fresh. */
  public Duration staleFor() {
    return stale;
  }

  /** Returns whether values of this freshness are kept nowhere. */
  public boolean isUncached() {
    return fresh.isZero();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Freshness that && fresh.equals(that.fresh) && stale.equals(that.stale);
  }

  @Override
  public int hashCode() {
    return 31 * fresh.hashCode() + stale.hashCode();
  }

  @Override
  public String toString() {
    if (isUncached()) {
      return "uncached";
    }
    return stale.isZero()
        ? "fresh for " + fresh
        : "fresh for " + fresh + ", then stale for " + stale;
  }
}
