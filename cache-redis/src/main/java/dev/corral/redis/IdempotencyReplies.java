package dev.corral.redis;

import dev.corral.idempotency.EndAnswer;
import dev.corral.idempotency.Fingerprint;
import dev.corral.idempotency.OutcomeFront.Finished;
import dev.corral.idempotency.ReserveAnswer;
import dev.corral.idempotency.ReserveRequest;
import dev.corral.idempotency.StoredOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the scripts of idempotency answer. An answer that makes no sense is an {@link
 * IllegalStateException} or a {@link ClassCastException}, which a step takes for a failure.
 */
final class IdempotencyReplies {

  private IdempotencyReplies() {}

  static ReserveAnswer reserve(@Nullable Object reply, ReserveRequest request) {
    List<?> parts = parts(reply, 1);
    return switch (kind(parts)) {
      case 'R' -> new ReserveAnswer.Reserved(request.granted(Math.toIntExact(number(parts, 1))));
      case 'D' -> new ReserveAnswer.Done(outcome(parts, 2), millis(parts, 1));
      case 'H' -> new ReserveAnswer.InProgress(millis(parts, 1));
      case 'C' -> new ReserveAnswer.Reused();
      case 'A' -> new ReserveAnswer.Abandoned();
      default -> throw senseless(parts);
    };
  }

  static EndAnswer end(@Nullable Object reply) {
    List<?> parts = parts(reply, 1);
    return switch (kind(parts)) {
      case 'E' -> new EndAnswer.Ended();
      case 'D' -> new EndAnswer.AlreadyDone(outcome(parts, 1));
      case 'L' -> new EndAnswer.Lost();
      default -> throw senseless(parts);
    };
  }

  static boolean stands(@Nullable Object reply) {
    return reply instanceof Long number && number == 1;
  }

  static Optional<Finished> finished(@Nullable Object reply) {
    if (reply == null) {
      return Optional.empty();
    }
    List<?> parts = parts(reply, 3);
    byte[] fingerprint = (byte[]) parts.get(0);
    if (fingerprint.length != Fingerprint.BYTES) {
      throw senseless(parts);
    }
    return Optional.of(
        new Finished(Fingerprint.given(fingerprint), outcome(parts, 2), millis(parts, 1)));
  }

  private static List<?> parts(@Nullable Object reply, int atLeast) {
    if (reply instanceof List<?> parts && parts.size() >= atLeast) {
      return parts;
    }
    throw new IllegalStateException("Redis answered something that makes no sense: " + reply);
  }

  private static char kind(List<?> parts) {
    byte[] kind = (byte[]) parts.get(0);
    return kind.length == 1 ? (char) kind[0] : '?';
  }

  private static long number(List<?> parts, int at) {
    if (parts.size() > at && parts.get(at) instanceof Long number && number >= 0) {
      return number;
    }
    throw senseless(parts);
  }

  private static Duration millis(List<?> parts, int at) {
    return Duration.ofMillis(number(parts, at));
  }

  private static StoredOutcome outcome(List<?> parts, int at) {
    if (parts.size() > at && parts.get(at) instanceof byte[] bytes) {
      return new StoredOutcome(bytes);
    }
    throw senseless(parts);
  }

  private static IllegalStateException senseless(List<?> parts) {
    return new IllegalStateException("Redis answered something that makes no sense: " + parts);
  }
}
