package dev.corral.idempotency;

/**
 * The reservation was lost while the action ran, as it happens to a process that is paused for too
 * long, or if the store has lost its record: the key is, or was, in the hands of another caller.
 * Whatever this call's action did, its outcome has not been stored, and the other one's is the
 * truth. Asking again with the same key tells it. If this call's action took effect, it may have
 * done so twice.
 */
public final class ReservationLostException extends IdempotencyException {

  private static final long serialVersionUID = 1L;

  /** Creates an exception that names the key. */
  public ReservationLostException(IdempotencyKey key) {
    super(key, "The reservation of %s was lost: another call decides its outcome".formatted(key));
  }
}
