package dev.corral.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corral.codec.KeyText;
import dev.corral.remote.Id;
import dev.corral.remote.LoadOutcome;
import dev.corral.remote.StoredFailure;
import dev.corral.remote.StoredValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a node's channel carries: how a load that it waits for has ended.
 *
 * <pre>
 * 1 kind token(16) stamp(16 digits) millis(16 digits)
 *   length(3 digits) cache name, length(8 digits) key, body
 * </pre>
 *
 * <p>The kind is {@code P}, published (millis: the value's life; body: the value), {@code D},
 * delivered, {@code F}, failed (millis: to leave the key alone; body: the failure) or {@code L},
 * look again.
 */
record OutcomeMessage(String cache, String key, LoadOutcome outcome) {

  private static final int TOKEN = 2;
  private static final int STAMP = TOKEN + Id.BYTES;
  private static final int MILLIS = STAMP + Bytes.NUMBER;
  private static final int ADDRESS = MILLIS + Bytes.NUMBER;
  private static final int CACHE_DIGITS = 3;
  private static final int KEY_DIGITS = 8;

  /** Returns the part that says which key is meant. */
  static byte[] address(byte[] cache, byte[] key) {
    return Bytes.concat(
        Bytes.number(cache.length, CACHE_DIGITS), cache, Bytes.number(key.length, KEY_DIGITS), key);
  }

  /** Reads a message; null if it makes no sense. */
  static @Nullable OutcomeMessage read(byte[] bytes) {
    if (bytes.length < ADDRESS || bytes[0] != '1') {
      return null;
    }
    long stamp = Bytes.number(bytes, STAMP, Bytes.NUMBER);
    long millis = Bytes.number(bytes, MILLIS, Bytes.NUMBER);
    int cacheAt = ADDRESS + CACHE_DIGITS;
    long cacheLength = Bytes.number(bytes, ADDRESS, CACHE_DIGITS);
    if (stamp < 0
        || millis < 0
        || millis > Held.LONGEST_MILLIS
        || cacheLength < 0
        || cacheLength > bytes.length - cacheAt) {
      return null;
    }
    int keyLengthAt = cacheAt + (int) cacheLength;
    int keyAt = keyLengthAt + KEY_DIGITS;
    long keyLength = Bytes.number(bytes, keyLengthAt, KEY_DIGITS);
    if (keyLength < 0 || keyLength > KeyText.MAX_BYTES || keyLength > bytes.length - keyAt) {
      return null;
    }
    byte[] body = Bytes.from(bytes, keyAt + (int) keyLength);
    LoadOutcome outcome = outcome((char) bytes[1], Id.from(bytes, TOKEN), stamp, millis, body);
    String key = text(bytes, keyAt, (int) keyLength);
    return outcome == null || key == null
        ? null
        : new OutcomeMessage(new String(bytes, cacheAt, (int) cacheLength, US_ASCII), key, outcome);
  }

  private static @Nullable LoadOutcome outcome(
      char kind, Id token, long stamp, long millis, byte[] body) {
    return switch (kind) {
      case 'P' -> new LoadOutcome.Published(token, new StoredValue(body, token, stamp, millis));
      case 'D' -> new LoadOutcome.Delivered(token, new StoredValue(body, token, stamp, 0));
      case 'F' -> new LoadOutcome.Failed(token, new StoredFailure(body), Duration.ofMillis(millis));
      case 'L' -> new LoadOutcome.LookAgain(token);
      default -> null;
    };
  }

  private static @Nullable String text(byte[] bytes, int start, int length) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, length)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
