package dev.corral.idempotency.jdbc;

import dev.corral.idempotency.DeadHolderPolicy;
import dev.corral.idempotency.IdempotencyStoreException;
import dev.corral.idempotency.Reservation;
import dev.corral.idempotency.ReserveAnswer;
import dev.corral.idempotency.ReserveRequest;
import dev.corral.idempotency.StoredOutcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What stands in the table of a key, as of a moment of the database's clock. */
final class Row {

  private final byte[] fingerprint;
  final byte[] token;
  private final int attempt;
  private final long reservedMillis;
  private final long leftMillis;
  final @Nullable StoredOutcome outcome;

  private Row(ResultSet result) throws SQLException {
    fingerprint = present(result.getBytes(1));
    token = present(result.getBytes(2));
    attempt = result.getInt(3);
    reservedMillis = result.getLong(4);
    leftMillis = result.getLong(5);
    byte[] bytes = result.getBytes(6);
    outcome = bytes == null ? null : new StoredOutcome(bytes);
  }

  static @Nullable Row read(ResultSet result) throws SQLException {
    return result.next() ? new Row(result) : null;
  }

  private static byte[] present(byte @Nullable [] bytes) {
    if (bytes == null) {
      throw new IdempotencyStoreException("A column that must not be null is", null);
    }
    return bytes;
  }

  /** Returns what is answered; null if the key is the caller's already, or may be taken. */
  @Nullable ReserveAnswer answer(ReserveRequest request) {
    if (leftMillis <= 0) {
      return null;
    }
    if (!Arrays.equals(fingerprint, request.fingerprint().toBytes())) {
      return new ReserveAnswer.Reused();
    }
    if (outcome != null) {
      return new ReserveAnswer.Done(outcome, Duration.ofMillis(leftMillis));
    }
    if (isReservedBy(request)) {
      return null;
    }
    if (reservedMillis > 0) {
      return new ReserveAnswer.InProgress(Duration.ofMillis(reservedMillis));
    }
    return request.deadHolder() == DeadHolderPolicy.REFUSE ? new ReserveAnswer.Abandoned() : null;
  }

  /** Whether it is the reservation of an earlier step of the same caller. */
  boolean isReservedBy(ReserveRequest request) {
    return leftMillis > 0 && outcome == null && isOf(request.token());
  }

  /** Returns what the caller is granted whose reservation it is. */
  Reservation granted(ReserveRequest request) {
    return request.granted(attempt);
  }

  /** Returns which holder the one is that takes the key as it stands. */
  int nextAttempt() {
    return leftMillis <= 0 ? 1 : attempt + 1;
  }

  boolean isOf(UUID other) {
    return Arrays.equals(token, Tokens.bytes(other));
  }
}
