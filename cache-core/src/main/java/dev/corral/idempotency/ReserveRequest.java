package dev.corral.idempotency;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;

/**
 * What a caller asks of a store to begin with.
 *
 * @param key the key
 * @param fingerprint of the request
 * @param token of this caller, never used for another reservation. Asking again with the same one
 *     reserves anew, so that a request whose answer was lost can be repeated
 * @param reservationTime how long the reservation lasts unless it is renewed
 * @param retention how long the record lasts, counted anew from each step
 * @param deadHolder what to do if the one who held the key has died
 */
public record ReserveRequest(
    IdempotencyKey key,
    Fingerprint fingerprint,
    UUID token,
    Duration reservationTime,
    Duration retention,
    DeadHolderPolicy deadHolder) {

  /** Refuses null. */
  public ReserveRequest {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(fingerprint, "fingerprint");
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(reservationTime, "reservationTime");
    Objects.requireNonNull(retention, "retention");
    Objects.requireNonNull(deadHolder, "deadHolder");
  }

  /** Returns the reservation that answers this request. */
  public Reservation granted(int attempt) {
    return new Reservation(key, fingerprint, token, attempt, reservationTime, retention);
  }
}
