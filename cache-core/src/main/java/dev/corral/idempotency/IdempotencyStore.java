package dev.corral.idempotency;

import java.util.Optional;

/**
 * Remembers who runs what, and what came of it. Thread-safe. A store sees bytes and times only; it
 * judges times by its own clock, never by those of its clients.
 *
 * <p>Each step is atomic, takes one round trip where the store allows it, and may be repeated: the
 * token of a reservation says whose step it is. Any step may throw {@link
 * IdempotencyStoreException}, after which it is not known whether it took effect.
 */
public interface IdempotencyStore extends AutoCloseable {

  /**
   * Reserves the key if nobody has it, and otherwise says who does or what came of it.
   *
   * <p>A key is free if there is no record of it, or the record has expired, or if its reservation
   * has expired, the fingerprint is the same and the policy is to run again. If the token is the
   * one that has it, then it is reserved anew, for its whole time from this step on.
   */
  ReserveAnswer reserve(ReserveRequest request);

  /**
   * Makes a reservation last its time from now on, even one that has expired, if nobody else has
   * taken it.
   *
   * @return false if it is lost or has ended
   */
  boolean renew(Reservation reservation);

  /**
   * Stores the outcome, keeps it for its retention, and wakes those who wait. Whoever has released
   * a reservation does not complete it: a store that may lose records takes an outcome of which it
   * has none, if nobody else has the key, and cannot tell that from a release.
   */
  EndAnswer complete(Reservation reservation, StoredOutcome outcome);

  /**
   * Frees the key, and wakes those who wait. If nobody held it before, it is as if it had never
   * been asked for; if others had, and died, their number is kept, as one of them may have taken
   * effect: the next one is told so. Either way no later step of this reservation changes anything
   * while somebody else has the key.
   */
  EndAnswer release(Reservation reservation);

  /**
   * Returns the outcome that was stored under a reservation, without waiting for transactions that
   * are under way. A store in which outcomes are stored by {@link #complete} alone returns nothing.
   */
  default Optional<StoredOutcome> outcomeOf(Reservation reservation) {
    return Optional.empty();
  }

  /**
   * Begins to watch a key. A change after this returns, or after a later {@link #reserve} of this
   * store that answers {@link ReserveAnswer.InProgress}, is noticed, or else the watch ends in time
   * for the caller to ask again.
   */
  Watch watch(IdempotencyKey key);

  /**
   * Drops records that have expired, if the store does not do so by itself.
   *
   * @param most how many at most
   * @return how many
   */
  int purge(int most);

  /** Gives back what the store holds; records stay where they are. */
  @Override
  void close();
}
