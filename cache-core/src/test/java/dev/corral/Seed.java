package dev.corral;

/**
 * The seed of this run's random tests: another one each time, told when a test fails, and given
 * back by {@code -Dcorral.seed=} to see the same again.
 */
final class Seed {

  private Seed() {}

  static long ofThisRun() {
    return Long.getLong("corral.seed", System.nanoTime());
  }
}
