package dev.corral.bench.report;

/**
 * What it took one contender to serve the herds.
 *
 * @param rounds all of them, in which loads and failures are counted: warm-up and wake-ups too
 * @param loads loader calls of all processes in all rounds
 * @param maxLoadsPerRound the most of one round
 * @param roundsWithMoreLoads rounds with more than one
 * @param failures gets that were thrown an exception, or got another page
 * @param failure one of them in words; empty if there is none
 * @param loadMicros what a load took, by its own stamps: the median
 * @param waits of all waiters
 * @param loadingWaits of those in a process that loaded
 * @param otherWaits of those in the other processes
 */
public record HerdContender(
    String name,
    String description,
    long rounds,
    long loads,
    long maxLoadsPerRound,
    long roundsWithMoreLoads,
    long failures,
    String failure,
    long loadMicros,
    HerdWaits waits,
    HerdWaits loadingWaits,
    HerdWaits otherWaits,
    HerdWakeUps wakeUps) {

  /** Whether this is Corral, in any of its forms. */
  public boolean isCorral() {
    return name.startsWith("corral");
  }
}
