package dev.corral.bench.payments;

import java.util.SplittableRandom;

/** What can happen to a request on its way, before it has an effect or after that. */
public enum HopFault {
  /** 503, and nothing was done. */
  UNAVAILABLE(20),
  /** 500, and nothing was done. */
  FAILED_BEFORE(10),
  /** 500, though it was done. */
  FAILED_AFTER(10),
  /** 502, though it was done. */
  BAD_GATEWAY_AFTER(10),
  /** No answer until the sender has given up, and nothing was done. */
  HANGS_BEFORE(5),
  /** No answer until the sender has given up, though it was done. */
  HANGS_AFTER(5),
  /** The connection ends, and nothing was done. */
  CUT_BEFORE(10),
  /** The connection ends, though it was done. */
  CUT_AFTER(10),
  NONE(920);

  private static final int ALL = 1000;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final int perMille;

  HopFault(int perMille) {
    this.perMille = perMille;
  }

  boolean isBefore() {
    return this == UNAVAILABLE
        || this == FAILED_BEFORE
        || this == HANGS_BEFORE
        || this == CUT_BEFORE;
  }

  /**
   * Draws, the same for the same arguments.
   *
   * @param hop where
   * @param arrival the how manieth request about this payment it is there
   */
  static HopFault draw(long seed, int hop, int payment, int arrival) {
    long place = ((long) hop << 56) ^ ((long) arrival << 32) ^ payment;
    int drawn = new SplittableRandom(seed + GOLDEN * (place + 1)).nextInt(ALL);
    for (HopFault fault : values()) {
      drawn -= fault.perMille;
      if (drawn < 0) {
        return fault;
      }
    }
    throw new IllegalStateException("The rates do not add up to " + ALL);
  }
}
