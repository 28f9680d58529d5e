package dev.corral.bench.contender;

import java.time.Duration;

/**
 * Which of Corral's features are on.
 *
 * @param jitter by which part a lifetime may be shortened, at random
 * @param stale whether there is a stale window
 * @param backoffBase for how long a key is left alone at most when its load has failed once
 * @param backoffCap for how long at most, however often it failed
 */
record Features(
    double jitter,
    boolean stale,
    Duration backoffBase,
    Duration backoffCap,
    Protection protection) {
  /** Enough that lifetimes which end within a tenth of them come apart in a few turns. */
  static final double WIDE_JITTER = 0.3;

  private static final Features USUAL =
      new Features(0.1, false, Duration.ofMillis(100), Duration.ofSeconds(5), Protection.NONE);
  private static final Duration SHORTEST = Duration.ofMillis(1);

  /** What a cache has if it is told nothing. */
  static Features usual() {
    return USUAL;
  }

  /** One load in the cluster, and nothing else that can be done without. */
  static Features lease() {
    return new Features(0, false, SHORTEST, SHORTEST, Protection.NONE);
  }

  /** All of them, so that a database that is out of order is left alone. */
  static Features guarded() {
    return new Features(
        WIDE_JITTER, true, USUAL.backoffBase(), USUAL.backoffCap(), Protection.GUARD);
  }

  Features withJitter() {
    return new Features(WIDE_JITTER, stale, backoffBase, backoffCap, protection);
  }

  Features withStale() {
    return new Features(jitter, true, backoffBase, backoffCap, protection);
  }

  Features with(Protection other) {
    return new Features(jitter, stale, backoffBase, backoffCap, other);
  }
}
