package dev.corral.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corral.codec.Codec;
import dev.corral.codec.CodecException;
import dev.corral.codec.EntryName;

/** Turns what actions return or throw into outcomes, and back. */
final class Outcomes<V> {

  private final Codec<V> codec;
  private final byte[] codecName;
  private final int mostBytes;

  Outcomes(Codec<V> codec, int mostBytes) {
    this.codec = codec;
    this.mostBytes = mostBytes;
    codecName = codec.name().getBytes(UTF_8);
    if (codecName.length > OutcomeFormat.MAX_NAME_BYTES) {
      throw new IllegalArgumentException(
          "The name of a codec must have at most %d bytes: %s"
              .formatted(OutcomeFormat.MAX_NAME_BYTES, codec.name()));
    }
  }

  /**
   * Returns the outcome of an action that returned.
   *
   * @throws CodecException if the value has no bytes, or too many
   */
  StoredOutcome of(IdempotencyKey key, V value) {
    byte[] bytes = OutcomeFormat.value(codecName, encode(key, value));
    if (bytes.length > mostBytes) {
      throw new CodecException(
          "An outcome must have at most maximumOutcomeBytes %d: %d"
              .formatted(mostBytes, bytes.length));
    }
    return new StoredOutcome(bytes);
  }

  private byte[] encode(IdempotencyKey key, V value) {
    try {
      return codec.encode(value, name(key));
    } catch (CodecException e) {
      throw e;
    } catch (RuntimeException e) {
      // The user's codec may throw anything, which must not be taken for what the action threw.
      throw new CodecException("An outcome could not be encoded: " + e, e);
    }
  }

  static StoredOutcome of(StoredFailure failure) {
    return new StoredOutcome(OutcomeFormat.failure(failure));
  }

  /**
   * Returns the value of an outcome.
   *
   * @throws ActionFailedException if it is a failure
   * @throws UnreadableOutcomeException if it cannot be read
   */
  V read(IdempotencyKey key, StoredOutcome outcome) {
    StoredFailure failure;
    try {
      OutcomeFormat.Content content = OutcomeFormat.read(outcome.bytes(), codecName);
      if (content instanceof OutcomeFormat.Value value) {
        return codec.decode(value.bytes, name(key));
      }
      failure = ((OutcomeFormat.Failure) content).failure();
    } catch (RuntimeException e) {
      // The user's codec may throw anything at bytes from outside.
      throw new UnreadableOutcomeException(key, e);
    }
    throw new ActionFailedException(key, failure);
  }

  private static EntryName name(IdempotencyKey key) {
    return new EntryName("idempotency", key.operation(), key.text());
  }
}
