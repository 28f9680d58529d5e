package dev.corral.bench.compare;

/** How one score stands to another, with the errors of both taken into account. */
public enum Speed {
  SLOWER("slower"),
  FASTER("faster"),
  /** The intervals of the two overlap, or one of them is not known. */
  UNDECIDED("cannot be told apart");

  private final String words;

  Speed(String words) {
    this.words = words;
  }

  static Speed of(JmhScore score, JmhScore baseline) {
    Ratio ratio = Ratio.of(score, baseline);
    if (ratio.mayBeOne()) {
      return UNDECIDED;
    }
    return (ratio.value() > 1) == score.higherIsFaster() ? FASTER : SLOWER;
  }

  @Override
  public String toString() {
    return words;
  }
}
