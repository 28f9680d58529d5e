package dev.corral.remote;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What a store holds of a key at one moment, as {@link RemoteRegion#inspect} found it.
 *
 * @param partition the index of the key's partition
 * @param seq how many invalidations the partition has counted, or {@link RemoteRegion#NO_HISTORY}
 * @param value the value, if one is there that is not void
 * @param holder who loads or refreshes the key, if anybody does
 * @param failure why and for how long the key, or the refresh of its value, is left alone
 */
public record KeyState(
    int partition,
    long seq,
    Optional<StoredValue> value,
    Optional<Holder> holder,
    Optional<Lookup.BackingOff> failure) {

  /** Checks that nothing is null. */
  public KeyState {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(holder, "holder");
    Objects.requireNonNull(failure, "failure");
  }

  /**
   * Somebody who holds a lease.
   *
   * @param token of the lease
   * @param refresh whether it refreshes a value, which may be gone by now
   * @param left what is left of the lease unless it is renewed
   * @param waiting how many nodes have asked to be told its outcome
   */
  public record Holder(Id token, boolean refresh, Duration left, int waiting) {}
}
