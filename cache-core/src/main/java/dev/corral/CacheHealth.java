package dev.corral;

import dev.corral.origin.BreakerState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a cache does at one moment, as far as this process knows without asking anybody. Immutable.
 *
 * @param cache the name of the cache
 * @param status {@link Status#UP} if there is nothing to say
 * @param remote how the remote tier does; empty without one
 * @param origin how the origin does
 * @param reasons why the status is not {@link Status#UP}, each in a few words; empty if it is
 */
public record CacheHealth(
    String cache, Status status, Optional<Remote> remote, Origin origin, List<String> reasons) {

  /** Whether a cache keeps all that it promises. */
  public enum Status {
    /** All is well. */
    UP,
    /**
     * Gets are served, but something is amiss: each node loads for itself, or learns later what
     * others invalidate, or an origin is left alone. Nothing that restarting the process would
     * mend.
     */
    DEGRADED,
    /** The cache was closed. */
    CLOSED
  }

  /**
   * How the remote tier does.
   *
   * @param reachable whether the store carries out steps, and answered the last question how far it
   *     has come
   * @param subscribed whether messages of other nodes come in; without them, what they invalidate
   *     is noticed within two sync intervals
   * @param lastContact how long ago the last question was asked that the store answered; empty if
   *     it has not answered any yet
   * @param pendingInvalidations how many keys and tags the store is still to be told of; all keys
   *     count as one
   * @param suspectPartitions of how many of the 256 parts messages were found missing within the
   *     last two sync intervals
   */
  public record Remote(
      boolean reachable,
      boolean subscribed,
      Optional<Duration> lastContact,
      int pendingInvalidations,
      int suspectPartitions) {

    /** Checks that nothing is null. */
    public Remote {
      Objects.requireNonNull(lastContact, "lastContact");
    }
  }

  /**
   * How the origin does.
   *
   * @param name the name of the origin
   * @param breaker the state of its circuit breaker; closed if it has none
   */
  public record Origin(String name, BreakerState breaker) {

    /** Checks that nothing is null. */
    public Origin {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(breaker, "breaker");
    }
  }

  /** Copies the reasons, and checks that nothing is null. */
  public CacheHealth {
    Objects.requireNonNull(cache, "cache");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(remote, "remote");
    Objects.requireNonNull(origin, "origin");
    reasons = List.copyOf(reasons);
  }

  static CacheHealth of(String cache, boolean open, Optional<Remote> remote, Origin origin) {
    List<String> reasons = new ArrayList<>();
    if (!open) {
      reasons.add("the cache is closed");
    }
    remote.ifPresent(tier -> addReasons(tier, reasons));
    if (origin.breaker() != BreakerState.CLOSED) {
      reasons.add("the circuit breaker of origin %s is not closed".formatted(origin.name()));
    }
    Status status = reasons.isEmpty() ? Status.UP : open ? Status.DEGRADED : Status.CLOSED;
    return new CacheHealth(cache, status, remote, origin, reasons);
  }

  private static void addReasons(Remote remote, List<String> reasons) {
    if (!remote.reachable()) {
      reasons.add("the remote tier does not answer");
    }
    if (!remote.subscribed()) {
      reasons.add("messages of other nodes do not come in");
    }
    if (remote.pendingInvalidations() > 0) {
      reasons.add(
          "invalidations are pending that the remote tier was not told of: "
              + remote.pendingInvalidations());
    }
    if (remote.suspectPartitions() > 0) {
      reasons.add("messages about partitions were missed: " + remote.suspectPartitions());
    }
  }
}
