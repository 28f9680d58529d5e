package dev.corral.remote;

import java.time.Duration;

/** How a load that this node waits for has ended, as its holder told the nodes that wait. */
public sealed interface LoadOutcome {

  /** Returns the token of the lease whose load has ended. */
  Id token();

  /**
   * The value was published, and here it is.
   *
   * @param value its {@code leftMillis} is the whole life it was published with, which began after
   *     the asker registered
   */
  record Published(Id token, StoredValue value) implements LoadOutcome {}

  /** The value is for those who wait and is not stored; {@code value} has no life left. */
  record Delivered(Id token, StoredValue value) implements LoadOutcome {}

  /** The load failed; the next attempt may begin when {@code left} has passed. */
  record Failed(Id token, StoredFailure failure, Duration left) implements LoadOutcome {}

  /** The lease is gone, or the value is too large to be pushed: look up again. */
  record LookAgain(Id token) implements LoadOutcome {}
}
