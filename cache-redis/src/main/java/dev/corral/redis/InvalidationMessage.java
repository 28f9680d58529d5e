package dev.corral.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corral.codec.KeyText;
import dev.corral.remote.RemoteRegion;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a region's channel carries. In characters, so that any process can send it by hand:
 *
 * <pre>
 * 1 K sender(16 hex) partition(2 hex) seq(16 digits) key   one key is invalid
 * 1 T sender(16 hex) partition(2 hex) seq(16 digits) tag   what bears a tag is invalid
 * 1 A sender(16 hex) (seq(16 digits)){0 or 256}            all keys are
 * </pre>
 *
 * <p>The sender is the node that asked; a process that is no node sends zeros. The seqs are those
 * of the partitions after the message's cause; whoever clears without telling them costs the nodes
 * a check of what they load in the meantime.
 */
sealed interface InvalidationMessage {

  /** Returns the node that asked. */
  long sender();

  /** One key is invalid. */
  record OfKey(long sender, String key, int partition, long seq) implements InvalidationMessage {}

  /** What bears a tag is invalid. */
  record OfTag(long sender, String tag, int partition, long seq) implements InvalidationMessage {}

  /** All keys are invalid; each seq is {@link RemoteRegion#UNKNOWN_SEQ} if it was not told. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record OfAll(long sender, long[] seqs) implements InvalidationMessage {}

  /** Returns what the message of one key consists of before its seq. */
  static byte[] beginningFor(String senderHex, int partition) {
    return Bytes.ascii("1K" + senderHex + RedisKeys.hex(partition));
  }

  /** Returns what the message of a tag consists of before its seq. */
  static byte[] beginningForTag(String senderHex, int partition) {
    return Bytes.ascii("1T" + senderHex + RedisKeys.hex(partition));
  }

  /**
   * Returns the message that all keys are invalid.
   *
   * @param seqs as the scripts returned them, in the order of the partitions
   */
  static byte[] ofAll(String senderHex, List<byte[]> seqs) {
    byte[][] parts = new byte[1 + seqs.size()][];
    parts[0] = Bytes.ascii("1A" + senderHex);
    for (int i = 0; i < seqs.size(); i++) {
      parts[1 + i] = seqs.get(i);
    }
    return Bytes.concat(parts);
  }

  /** Reads a message; null if it makes no sense. */
  static @Nullable InvalidationMessage read(byte[] bytes) {
    return Reader.read(bytes);
  }

  /** Where the parts of a message are. */
  final class Reader {
    private static final int SENDER = 2;
    private static final int PARTITION = SENDER + 16;
    private static final int SEQ = PARTITION + 2;
    private static final int KEY = SEQ + Bytes.NUMBER;
    private static final int LONGEST_TAG = 256;
    private static final int ALL_SEQS = RemoteRegion.PARTITIONS * Bytes.NUMBER;

    private Reader() {}

    private static @Nullable InvalidationMessage read(byte[] bytes) {
      if (bytes.length < PARTITION || bytes[0] != '1') {
        return null;
      }
      try {
        long sender = HexFormat.fromHexDigitsToLong(hex(bytes, SENDER, PARTITION));
        return switch (bytes[1]) {
          case 'K' -> readText(bytes, 0, KeyText.MAX_BYTES, sender, OfKey::new);
          case 'T' -> readText(bytes, 1, LONGEST_TAG, sender, OfTag::new);
          case 'A' -> readAll(bytes, sender);
          default -> null;
        };
      } catch (IllegalArgumentException | CharacterCodingException e) {
        return null;
      }
    }

    private interface Kind {
      InvalidationMessage of(long sender, String text, int partition, long seq);
    }

    private static @Nullable InvalidationMessage readText(
        byte[] bytes, int shortest, int longest, long sender, Kind kind)
        throws CharacterCodingException {
      long seq = Bytes.number(bytes, SEQ, Bytes.NUMBER);
      int length = bytes.length - KEY;
      if (seq < 0 || length < shortest || length > longest) {
        return null;
      }
      byte[] text = Bytes.from(bytes, KEY);
      int partition = HexFormat.fromHexDigits(hex(bytes, PARTITION, SEQ));
      // A decoder of one's own: String's constructor would turn bytes that are no text into a key.
      String decoded = UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
      return partition == RemoteRegion.partitionOf(decoded)
          ? kind.of(sender, decoded, partition, seq)
          : null;
    }

    private static @Nullable InvalidationMessage readAll(byte[] bytes, long sender) {
      long[] seqs = new long[RemoteRegion.PARTITIONS];
      Arrays.fill(seqs, RemoteRegion.UNKNOWN_SEQ);
      if (bytes.length == PARTITION) {
        return new OfAll(sender, seqs);
      }
      if (bytes.length != PARTITION + ALL_SEQS) {
        return null;
      }
      for (int i = 0; i < seqs.length; i++) {
        seqs[i] = Bytes.number(bytes, PARTITION + i * Bytes.NUMBER, Bytes.NUMBER);
        if (seqs[i] < 0) {
          return null;
        }
      }
      return new OfAll(sender, seqs);
    }

    private static String hex(byte[] bytes, int from, int to) {
      return new String(bytes, from, to - from, US_ASCII);
    }
  }
}
