package dev.corral.remote;

import org.jspecify.annotations.Nullable;

/**
 * A value, and the right to refresh it: free, leased or backing off. Guarded by the server's lock.
 */
final class HeldValue implements Held {

  private final byte[] bytes;
  private final Id fillId;
  private final long stamp;
  private final long expiryMillis;
  private @Nullable Held right;

  HeldValue(byte[] bytes, Id fillId, long stamp, long expiryMillis) {
    this.bytes = bytes;
    this.fillId = fillId;
    this.stamp = stamp;
    this.expiryMillis = expiryMillis;
  }

  /** Returns the same value with another life, and with the right to refresh it free. */
  HeldValue livingUntil(long newExpiryMillis) {
    return new HeldValue(bytes, fillId, stamp, newExpiryMillis);
  }

  StoredValue storedUnder(ServerConditions conditions) {
    return new StoredValue(bytes, fillId, stamp, conditions.leftUntil(expiryMillis));
  }

  Id fillId() {
    return fillId;
  }

  @Nullable Held rightUnder(ServerConditions conditions) {
    return right != null && conditions.isBefore(right.expiryMillis()) ? right : null;
  }

  void setRight(@Nullable Held newRight) {
    right = newRight;
  }

  @Override
  public long expiryMillis() {
    return expiryMillis;
  }

  @Override
  public boolean isVoidIn(Partition partition) {
    return partition.voids(stamp);
  }

  @Override
  public Lookup.Found seenUnder(ServerConditions conditions) {
    return new Lookup.Found(storedUnder(conditions));
  }
}
