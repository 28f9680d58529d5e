package dev.corral.idempotency;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What {@link Idempotency#execute} throws. Each kind carries its facts. */
public abstract sealed class IdempotencyException extends RuntimeException
    permits ActionFailedException,
        IdempotencyInterruptedException,
        IdempotencyStoreException,
        InProgressException,
        KeyReusedException,
        OutcomeUnknownException,
        ReservationLostException,
        UnreadableOutcomeException {

  private static final long serialVersionUID = 1L;

  private final transient @Nullable IdempotencyKey key;

  IdempotencyException(@Nullable IdempotencyKey key, String message) {
    this(key, message, null);
  }

  IdempotencyException(@Nullable IdempotencyKey key, String message, @Nullable Throwable cause) {
    super(Objects.requireNonNull(message), cause);
    this.key = key;
  }

  /** Returns the key that was asked for, if it is known; empty after serialization. */
  public Optional<IdempotencyKey> key() {
    return Optional.ofNullable(key);
  }
}
