package dev.corral.bench.payments;

/** What a sender has done; see {@code HttpClientStats}. */
record SenderStats(
    long requests,
    long attempts,
    long retries,
    long inProgress,
    long budgetRefused,
    long rejected,
    long gaveUp,
    long breakerOpenings) {
  static final SenderStats NONE = new SenderStats(0, 0, 0, 0, 0, 0, 0, 0);

  SenderStats plus(SenderStats other) {
    return new SenderStats(
        requests + other.requests,
        attempts + other.attempts,
        retries + other.retries,
        inProgress + other.inProgress,
        budgetRefused + other.budgetRefused,
        rejected + other.rejected,
        gaveUp + other.gaveUp,
        breakerOpenings + other.breakerOpenings);
  }
}
