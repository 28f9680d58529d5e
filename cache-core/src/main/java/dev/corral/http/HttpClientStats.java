package dev.corral.http;

/**
 * What a {@link RetryingHttpClient} has done. The ratio {@link #amplification} tells what retries
 * add to the burden of the server.
 *
 * @param running requests that are under way
 * @param requests that were asked for
 * @param attempts that were sent: the first one of each request, retries, and questions for the
 *     outcome of an earlier one
 * @param retries attempts that repeat one that failed
 * @param inProgress attempts that ask for the outcome of an earlier one, which was in progress
 * @param retriesRefused retries that the budget of the origin did not allow
 * @param rejected attempts that a limit of the origin kept from being sent, such as its breaker
 * @param gaveUp requests that ended with something that might have gone well the next time
 */
public record HttpClientStats(
    int running,
    long requests,
    long attempts,
    long retries,
    long inProgress,
    long retriesRefused,
    long rejected,
    long gaveUp) {

  /**
   * Returns the attempts for each request that was sent; 1 if nothing was sent twice, or at all.
   */
  public double amplification() {
    long sent = attempts - retries - inProgress;
    return sent <= 0 ? 1 : (double) attempts / sent;
  }
}
