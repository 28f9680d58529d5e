package dev.corral;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The rounds in which uses of the local tier are told to Caffeine, once for each entry. To tell it
 * of a use writes to a buffer that threads share and that somebody has to empty, and matters only
 * when something has to go: so a round ends when a sixteenth of what the tier may hold has been
 * filled in, and while nothing is filled in, hits tell nothing. Time plays no part in it, nor does
 * the rate of the hits.
 *
 * <p>What is counted twice in a round counts once. Who was kept because it was used more than
 * others still is, as many rounds pass before all of the tier has changed; how well it chooses is
 * measured with recorded traces (docs: benchmarks).
 */
final class Uses {

  private static final long ROUNDS_IN_FULL = 16;

  private final int fillsInRound;
  private final AtomicInteger fills = new AtomicInteger();

  // On its own, since hits read it: the count of the fills changes with each.
  private volatile short round = 1;

  Uses(long maximumSize) {
    fillsInRound = (int) Math.max(1, Math.min(Integer.MAX_VALUE, maximumSize / ROUNDS_IN_FULL));
  }

  short round() {
    return round;
  }

  void filled() {
    if (fills.incrementAndGet() >= fillsInRound) {
      nextRound();
    }
  }

  private synchronized void nextRound() {
    // Looked at again: of several who find the round full, one ends it.
    if (fills.get() >= fillsInRound) {
      fills.set(0);
      round++;
    }
  }
}
