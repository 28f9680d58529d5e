package dev.corral.remote;

import java.time.Duration;

/** The mark of a failed load, in the value's place or in that of the right to refresh it. */
record HeldFailure(StoredFailure failure, long expiryMillis) implements Held {

  // A clear says nothing about the origin's health.
  @Override
  public boolean isVoidIn(Partition partition) {
    return false;
  }

  @Override
  public Lookup.BackingOff seenUnder(ServerConditions conditions) {
    return new Lookup.BackingOff(failure, Duration.ofMillis(conditions.leftUntil(expiryMillis)));
  }
}
