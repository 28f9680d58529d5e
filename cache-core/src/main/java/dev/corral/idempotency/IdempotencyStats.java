package dev.corral.idempotency;

/**
 * What has come of the calls in this process so far.
 *
 * @param executions actions that were run
 * @param replays calls that got an outcome which another call had stored
 * @param waits calls that found their key in progress and waited
 * @param inProgress calls that were told that their key is in progress
 * @param conflicts calls whose key belongs to another request
 * @param unknown calls whose key's holder died, and which were refused
 * @param rerun actions that were run for a key whose holder had died
 * @param failures actions that threw, whether that was stored or not
 * @param released actions whose failure freed the key
 * @param lost actions whose reservation was lost before they ended
 * @param unstored actions whose outcome the store did not take at once
 * @param purged records that were dropped because they had expired
 */
public record IdempotencyStats(
    long executions,
    long replays,
    long waits,
    long inProgress,
    long conflicts,
    long unknown,
    long rerun,
    long failures,
    long released,
    long lost,
    long unstored,
    long purged) {

  /** Returns the share of replays in all calls that got an outcome; 0 if none did. */
  public double replayRate() {
    long all = executions + replays;
    return all == 0 ? 0 : (double) replays / all;
  }
}
