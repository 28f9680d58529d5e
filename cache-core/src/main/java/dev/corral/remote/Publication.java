package dev.corral.remote;

import java.time.Duration;

/** A loaded value on its way into the store. */
public final class Publication {

  private final Lease lease;
  private final byte[] bytes;
  private final Duration life;

  /**
   * Creates a publication; {@code bytes} is not copied and must not be changed afterwards.
   *
   * @param lease the right under which the value was loaded
   * @param life how long the store keeps the value; at least one millisecond
   */
  public Publication(Lease lease, byte[] bytes, Duration life) {
    if (life.toMillis() < 1) {
      throw new IllegalArgumentException("life must be at least 1 ms: " + life);
    }
    this.lease = lease;
    this.bytes = bytes;
    this.life = life;
  }

  /** Returns the right under which the value was loaded. */
  public Lease lease() {
    return lease;
  }

  /** Returns the bytes themselves, not a copy. */
  public byte[] bytes() {
    return bytes;
  }

  /** Returns how long the store keeps the value. */
  public Duration life() {
    return life;
  }
}
