package dev.corral;

/**
 * How long one value lives, with the jitter already taken off; the same in both tiers.
 *
 * @param freshMillis at least 1
 * @param staleMillis 0 if it is gone when it ceases to be fresh
 */
record Life(long freshMillis, long staleMillis) {

  long totalMillis() {
    return freshMillis + staleMillis;
  }
}
