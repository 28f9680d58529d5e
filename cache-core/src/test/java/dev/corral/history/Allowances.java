package dev.corral.history;

import java.time.Duration;

/**
 * What is allowed to those who keep the promises.
 *
 * @param bound how long a node that can hear the others may serve what one of them has made void:
 *     in practice twice the sync interval and a command timeout
 * @param loadTimeout that of the caches
 * @param leaseTime that of the caches
 * @param slack how long a thread may be held up between a step of a cache and the record of it
 */
public record Allowances(Duration bound, Duration loadTimeout, Duration leaseTime, Duration slack) {

  long boundNanos() {
    return bound.toNanos();
  }

  long loadTimeoutNanos() {
    return loadTimeout.toNanos();
  }

  /**
   * A pause as long as this may cost a lease: it is renewed when a third of it has passed, so that
   * two are left at least.
   */
  long lethalPauseNanos() {
    return leaseTime.toNanos() * 2 / 3;
  }

  long slackNanos() {
    return slack.toNanos();
  }
}
