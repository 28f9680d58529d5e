package dev.corral.bench.compare;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * One score in units of another.
 *
 * @param low the least that it is if each score is anywhere within its error
 * @param high the most; infinite if there is no such
 */
public record Ratio(double value, double low, double high) {

  static Ratio of(JmhScore score, JmhScore baseline) {
    double value = score.score() / baseline.score();
    if (Double.isNaN(score.error()) || Double.isNaN(baseline.error())) {
      return new Ratio(value, 0, Double.POSITIVE_INFINITY);
    }
    double least = baseline.score() - baseline.error();
    return new Ratio(
        value,
        Math.max(0, score.score() - score.error()) / (baseline.score() + baseline.error()),
        least > 0 ? (score.score() + score.error()) / least : Double.POSITIVE_INFINITY);
  }

  /** Whether the errors leave room for no difference at all. */
  @JsonIgnore
  boolean mayBeOne() {
    return low <= 1 && high >= 1;
  }
}
