package dev.corral.idempotency;

import java.time.Duration;
import java.util.Optional;

/**
 * Outcomes at hand, in front of the store that decides: what is found here is final, what is not
 * found may be there all the same. Thread-safe. A step may throw {@link IdempotencyStoreException};
 * then it is as if nothing were found.
 */
public interface OutcomeFront {

  /**
   * An outcome that will not change any more.
   *
   * @param fingerprint of the request whose it is
   * @param outcome what came of it
   * @param left how much longer it is kept
   */
  record Finished(Fingerprint fingerprint, StoredOutcome outcome, Duration left) {}

  /** Returns the outcome of a key, if it is at hand. */
  Optional<Finished> find(IdempotencyKey key);

  /** Keeps an outcome at hand, for as long as is left of it at most. */
  void put(IdempotencyKey key, Finished finished);
}
