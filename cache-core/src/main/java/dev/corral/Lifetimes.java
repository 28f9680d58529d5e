package dev.corral;

import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides how long values live: which freshness a value gets, and by how much jitter shortens it.
 *
 * <p>Jitter is drawn once per load, and travels with the value, so that all nodes agree when it
 * ends; each fill of a local tier cuts a little more off the fresh time, so that the nodes do not
 * turn to the remote tier in the same instant. Nothing is ever lengthened.
 */
final class Lifetimes<K, V> {

  /** How much smaller the cut of a local fill is than the jitter of a load. */
  private static final double LOCAL_SHARE = 0.1;

  private final FreshnessPolicy<? super K, ? super V> policy;
  private final Freshness absent;
  private final double jitter;
  private final DoubleSupplier random;

  /**
   * Creates the rules of one cache.
   *
   * @param absent the freshness of "the origin has none"
   * @param jitter the greatest part of the fresh time to cut off, from 0 to below 1
   * @param random draws from [0, 1)
   */
  Lifetimes(
      FreshnessPolicy<? super K, ? super V> policy,
      Freshness absent,
      double jitter,
      DoubleSupplier random) {
    this.policy = policy;
    this.absent = absent;
    this.jitter = jitter;
    this.random = random;
  }

  Freshness of(K key, @Nullable V value) {
    return value == null ? absent : policy.freshnessOf(key, value);
  }

  /** Draws the life of one value. */
  Life draw(Freshness freshness) {
    long fresh = cut(freshness.freshFor().toMillis(), jitter);
    return new Life(Math.max(1, fresh), freshness.staleFor().toMillis());
  }

  /** How much of what is left fresh a local fill may use, in nanoseconds. */
  long drawLocalNanos(long freshLeftNanos) {
    return freshLeftNanos <= 0 ? freshLeftNanos : cut(freshLeftNanos, jitter * LOCAL_SHARE);
  }

  private long cut(long time, double share) {
    return share == 0 ? time : time - (long) (time * (share * random.getAsDouble()));
  }
}
