package dev.corral.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What a region's channel carries. In characters, so that any process can send it by hand:
 *
 * <pre>
 * 1 K sender(16 hex) partition(2 hex) seq(16 digits) key   one key is invalid
 * 1 A sender(16 hex)                                       all keys are
 * </pre>
 *
 * <p>The sender is the node that asked; a process that is no node sends zeros.
 *
 * @param key the invalid key, or null for all
 * @param stamp the partition's seq after the invalidation; 0 for all
 */
record InvalidationMessage(long sender, @Nullable String key, long stamp) {

  private static final int SENDER = 2;
  private static final int PARTITION = SENDER + 16;
  private static final int SEQ = PARTITION + 2;
  private static final int KEY = SEQ + Bytes.NUMBER;

  /** Returns what the message of one key consists of before its seq. */
  static byte[] beginningFor(String senderHex, int partition) {
    return Bytes.ascii("1K" + senderHex + RedisKeys.hex(partition));
  }

  /** Returns the message that all keys are invalid. */
  static byte[] ofAll(String senderHex) {
    return Bytes.ascii("1A" + senderHex);
  }

  /** Reads a message; null if it makes no sense. */
  static @Nullable InvalidationMessage read(byte[] bytes) {
    if (bytes.length < PARTITION || bytes[0] != '1') {
      return null;
    }
    try {
      long sender = HexFormat.fromHexDigitsToLong(hex(bytes, SENDER, PARTITION));
      if (bytes[1] == 'A' && bytes.length == PARTITION) {
        return new InvalidationMessage(sender, null, 0);
      }
      return bytes[1] == 'K' ? readKey(bytes, sender) : null;
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return null;
    }
  }

  private static @Nullable InvalidationMessage readKey(byte[] bytes, long sender)
      throws CharacterCodingException {
    long seq = Bytes.number(bytes, SEQ, Bytes.NUMBER);
    if (seq < 0) {
      return null;
    }
    byte[] text = Bytes.from(bytes, KEY);
    int partition = HexFormat.fromHexDigits(hex(bytes, PARTITION, SEQ));
    // A decoder of one's own: String's constructor would turn bytes that are no text into a key.
    String key = UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
    return partition == KeyNames.partitionOf(text)
        ? new InvalidationMessage(sender, key, seq)
        : null;
  }

  private static String hex(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, US_ASCII);
  }
}
