package dev.corral.origin;

import java.util.Map;

/**
 * What an origin has seen from this process. The ratio {@link #amplification} tells what retries
 * add to its burden.
 *
 * @param running attempts that are under way, without those that were given up
 * @param queued loads that wait for a permit
 * @param loads that were asked for
 * @param attempts that were begun: the first one of each load that was not rejected, and retries
 * @param failures attempts that failed
 * @param retries attempts that were not the first of their loads
 * @param retriesRefused retries that the budget did not allow
 * @param givenUp attempts that hung: their time was over before they ended
 * @param rejected loads that were not begun, or not begun again, by what kept them
 * @param breaker the state of the circuit breaker
 */
public record OriginStats(
    int running,
    int queued,
    long loads,
    long attempts,
    long failures,
    long retries,
    long retriesRefused,
    long givenUp,
    Map<Limit, Long> rejected,
    BreakerState breaker) {

  /** Copies the map. */
  public OriginStats {
    rejected = Map.copyOf(rejected);
  }

  /** Returns the attempts for each load that was begun; 1 if nothing was tried twice, or at all. */
  public double amplification() {
    long begun = attempts - retries;
    return begun == 0 ? 1 : (double) attempts / begun;
  }
}
