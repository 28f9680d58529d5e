package dev.corral.idempotency;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;

/**
 * The right to run the action of a key, and to say what its outcome is.
 *
 * @param key the key
 * @param fingerprint of the request
 * @param token whose it is
 * @param attempt 1, and one more for each holder that died before
 * @param time how long it lasts from now on when it is renewed
 * @param retention how long the record lasts from then on
 */
public record Reservation(
    IdempotencyKey key,
    Fingerprint fingerprint,
    UUID token,
    int attempt,
    Duration time,
    Duration retention) {

  /** Refuses null. */
  public Reservation {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(fingerprint, "fingerprint");
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(retention, "retention");
  }
}
