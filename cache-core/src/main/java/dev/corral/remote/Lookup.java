package dev.corral.remote;

import java.time.Duration;

/** What one atomic look-up of a key answered. */
public sealed interface Lookup {

  /** A value is there. Whether it is fresh or stale is for the reader of its bytes to say. */
  record Found(StoredValue value) implements Lookup {}

  /**
   * A value is there, and the right to refresh it was asked for.
   *
   * @param right {@link Granted} (with a lease that {@linkplain Lease#replaces() replaces} the
   *     value), {@link Taken}, {@link BackingOff} or {@link Unleased}
   */
  record Refreshable(StoredValue value, Lookup right) implements Lookup {}

  /** Nothing is there, and the asker holds the lease now: it must load. */
  record Granted(Lease lease) implements Lookup {}

  /**
   * Another holder is loading.
   *
   * @param token the holder's token
   * @param refresh whether the holder refreshes a value that is still there
   * @param left what is left of the lease unless it is renewed
   */
  record Taken(Id token, boolean refresh, Duration left) implements Lookup {}

  /** The last load failed, and nobody shall try again before {@code left} has passed. */
  record BackingOff(StoredFailure failure, Duration left) implements Lookup {}

  /**
   * Nothing is there, and the store cannot grant a lease at present (it is out of memory or
   * read-only): the asker loads for itself and publishes nothing.
   */
  record Unleased() implements Lookup {}
}
