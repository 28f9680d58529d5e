package dev.corral.bench.herd;

import java.util.List;

/**
 * What one process saw of one round, as it stands in its answer.
 *
 * @param loads the loader calls of this process
 * @param firstReturn when the first of its waiters had the page, by the shared clock
 * @param failures waiters that were thrown an exception, or got another page
 * @param failure one of them in words; empty if there is none
 * @param waits from the agreed instant to the return of each waiter: an HdrHistogram of
 *     nanoseconds, as text
 */
record RoundReport(
    List<LoadTime> loads, long firstReturn, long failures, String failure, String waits) {

  boolean loaded() {
    return !loads.isEmpty();
  }
}
