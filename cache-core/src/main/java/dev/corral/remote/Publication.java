package dev.corral.remote;

import java.time.Duration;
import java.util.OptionalLong;

/** A loaded value on its way into the store. */
public final class Publication {

  private final Lease lease;
  private final byte[] bytes;
  private final Duration life;
  private final boolean guarded;
  private final OptionalLong version;

  /**
   * Creates a publication of a value that no mark keeps out; {@code bytes} is not copied and must
   * not be changed afterwards.
   *
   * @param lease the right under which the value was loaded
   * @param life how long the store keeps the value; at least one millisecond
   */
  public Publication(Lease lease, byte[] bytes, Duration life) {
    this(lease, bytes, life, false, OptionalLong.empty());
  }

  private Publication(
      Lease lease, byte[] bytes, Duration life, boolean guarded, OptionalLong version) {
    if (life.toMillis() < 1) {
      throw new IllegalArgumentException("life must be at least 1 ms: " + life);
    }
    this.lease = lease;
    this.bytes = bytes;
    this.life = life;
    this.guarded = guarded;
    this.version = version;
  }

  /**
   * Returns this publication, guarded: a {@link VersionMark} of the key keeps it out unless it has
   * the version of the mark or a later one.
   *
   * @param version empty if it has none, which is older than any
   */
  public Publication guarded(OptionalLong version) {
    return new Publication(lease, bytes, life, true, version);
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

  /** Returns whether a mark can keep the value out. */
  public boolean isGuarded() {
    return guarded;
  }

  /** Returns the version of the value, if it is guarded and has one. */
  public OptionalLong version() {
    return version;
  }
}
