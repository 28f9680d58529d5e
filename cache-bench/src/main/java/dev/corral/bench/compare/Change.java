package dev.corral.bench.compare;

/** How one quantity stands to another of the same measure. */
public enum Change {
  WORSE("worse"),
  BETTER("better"),
  /** The spread of the forks leaves room for no difference. */
  UNDECIDED("cannot be told apart"),
  /** There is too little to tell anything from. */
  UNTOLD("nothing can be told");

  /**
   * What JMH counts of threads other than the benchmark's, spread over all calls: seen from 0 to
   * 0.01 bytes in the least of a fork's iterations for a call of nanoseconds, and more for slow
   * calls that allocate much. The least object has 16 bytes.
   */
  private static final double BYTES = 0.5;

  private static final double PART_OF_BYTES = 0.005;

  /**
   * What single calls are timed with: {@code System.nanoTime} takes about as long, and moves in
   * steps of about as much (A. Shipilëv, <i>Nanotrusting the Nanotime</i>, 2014). All forks may
   * then have the very same median, and no spread to tell by.
   */
  private static final double CLOCK_NANOS = 30;

  private final String words;

  Change(String words) {
    this.words = words;
  }

  static Change of(Quantity quantity, Quantity baseline) {
    if (quantity.doubt().isPresent() || baseline.doubt().isPresent()) {
      return UNTOLD;
    }
    double more = quantity.forks().median() - baseline.forks().median();
    if (Math.abs(more) <= tolerance(baseline) || leavesRoomForNone(quantity, baseline)) {
      return UNDECIDED;
    }
    return (more > 0) == quantity.measure().higherIsBetter() ? BETTER : WORSE;
  }

  private static double tolerance(Quantity baseline) {
    if (baseline.measure() == Measure.ALLOCATED) {
      return Math.max(BYTES, PART_OF_BYTES * baseline.forks().median());
    }
    return baseline.measure().isPercentile() ? CLOCK_NANOS * nano(baseline.unit()) : 0;
  }

  private static double nano(String unit) {
    return switch (unit) {
      case "ns/op" -> 1;
      case "us/op" -> 1e-3;
      case "ms/op" -> 1e-6;
      default -> 0;
    };
  }

  private static boolean leavesRoomForNone(Quantity quantity, Quantity baseline) {
    return quantity.measure() != Measure.ALLOCATED
        && Ratio.of(quantity.forks(), baseline.forks()).mayBeOne();
  }

  @Override
  public String toString() {
    return words;
  }
}
