package dev.corral.remote;

import java.time.Duration;
import java.util.Set;

/** A lease in the value's place, or the right to refresh beside a value. */
record HeldLease(Lease lease, long expiryMillis, Set<Inbox> waiters) implements Held {

  HeldLease renewedUntil(long newExpiryMillis) {
    return new HeldLease(lease, newExpiryMillis, waiters);
  }

  @Override
  public boolean isVoidIn(Partition partition) {
    return partition.voids(lease.stamp());
  }

  @Override
  public Lookup.Taken seenUnder(ServerConditions conditions) {
    Duration left = Duration.ofMillis(conditions.leftUntil(expiryMillis));
    return new Lookup.Taken(lease.token(), lease.replaces() != null, left);
  }
}
