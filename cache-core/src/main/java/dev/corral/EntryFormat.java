package dev.corral;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corral.codec.KeyText;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an entry in the remote tier, version 1; docs/stored-format.md shows them one by one.
 * Numbers are big-endian:
 *
 * <pre>
 *  0  magic C0 44         8  fresh for, ms      34      key, UTF-8
 *  2  version 1          16  stale for, ms      34 + k  payload length p
 *  3  flags              24  load cost, us      38 + k  payload
 *  4  codec mark         32  key length k       38 + k + p  CRC32C of all before it
 * </pre>
 *
 * <p>Between key and payload length stands the {@link TagSection}, if there are tags.
 *
 * <p>An entry has one form: bytes that decode are the bytes that encode yields.
 */
final class EntryFormat {

  private static final short MAGIC = (short) 0xC044;
  private static final byte VERSION = 1;

  /** The flag of an entry without a value. Bit 1 is kept for a compressed payload. */
  private static final byte ABSENT = 1;

  /** The flag of an entry that bears tags. */
  private static final byte TAGGED = 4;

  private static final int VERSION_AT = 2;
  private static final int FLAGS_AT = 3;
  private static final int MARK_AT = 4;
  private static final int FRESH_AT = 8;
  private static final int STALE_AT = 16;
  private static final int COST_AT = 24;
  private static final int KEY_LENGTH_AT = 32;
  private static final int KEY_AT = 34;

  private static final int PAYLOAD_LENGTH_BYTES = Integer.BYTES;
  private static final int CRC_BYTES = Integer.BYTES;
  private static final int FRAME_BYTES = KEY_AT + PAYLOAD_LENGTH_BYTES + CRC_BYTES;

  private EntryFormat() {}

  /** Returns the mark by which entries tell which codec wrote their payload. */
  static int codecMark(String codecName) {
    byte[] name = codecName.getBytes(UTF_8);
    return crc(name, name.length);
  }

  /**
   * Returns the bytes of an entry.
   *
   * @throws IllegalArgumentException if {@link KeyText} refuses the key
   */
  static byte[] encode(StoredEntry entry, String key, int codecMark) {
    byte[] keyBytes = KeyText.check(key).getBytes(UTF_8);
    byte[] tags = TagSection.encode(entry.tags());
    byte[] payload = entry.payload();
    int flags = (entry.isAbsent() ? ABSENT : 0) | (tags.length > 0 ? TAGGED : 0);
    ByteBuffer out =
        ByteBuffer.allocate(
                Math.addExact(FRAME_BYTES + keyBytes.length + tags.length, payload.length))
            .putShort(MAGIC)
            .put(VERSION)
            .put((byte) flags)
            .putInt(codecMark)
            .putLong(entry.freshMillis())
            .putLong(entry.staleMillis())
            .putLong(entry.costMicros())
            .putShort((short) keyBytes.length)
            .put(keyBytes)
            .put(tags)
            .putInt(payload.length)
            .put(payload);
    return out.putInt(crc(out.array(), out.position())).array();
  }

  /**
   * Returns the entry of some bytes, which may be anything, or null if they are not the bytes of an
   * entry of this key and codec in version 1. Never throws, and allocates no more than the size of
   * the bytes.
   */
  static @Nullable StoredEntry decode(byte[] bytes, String key, int codecMark) {
    if (bytes.length < FRAME_BYTES) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    byte flags = in.get(FLAGS_AT);
    if (in.getShort(0) != MAGIC
        || in.get(VERSION_AT) != VERSION
        || (flags & ~(ABSENT | TAGGED)) != 0
        || in.getInt(MARK_AT) != codecMark) {
      return null;
    }

    int keyLength = Short.toUnsignedInt(in.getShort(KEY_LENGTH_AT));
    TagSection tags = null;
    if ((flags & TAGGED) != 0) {
      tags = TagSection.decode(bytes, KEY_AT + keyLength);
      if (tags == null) {
        return null;
      }
    }
    int tagsLength = tags == null ? 0 : tags.length();
    int payloadLength = bytes.length - FRAME_BYTES - keyLength - tagsLength;
    int payloadAt = KEY_AT + keyLength + tagsLength + PAYLOAD_LENGTH_BYTES;
    if (payloadLength < 0
        || in.getInt(payloadAt - PAYLOAD_LENGTH_BYTES) != payloadLength
        || !hasKey(bytes, keyLength, key)
        || in.getInt(payloadAt + payloadLength) != crc(bytes, payloadAt + payloadLength)) {
      return null;
    }

    boolean absent = (flags & ABSENT) != 0;
    long fresh = in.getLong(FRESH_AT);
    long stale = in.getLong(STALE_AT);
    long cost = in.getLong(COST_AT);
    if (!StoredEntry.makesSense(fresh, stale, cost) || (absent && payloadLength > 0)) {
      return null;
    }
    StoredEntry entry =
        absent
            ? StoredEntry.absent(fresh, stale, cost)
            : StoredEntry.value(
                fresh,
                stale,
                cost,
                Arrays.copyOfRange(bytes, payloadAt, payloadAt + payloadLength));
    return tags == null ? entry : entry.tagged(tags.marks());
  }

  private static boolean hasKey(byte[] bytes, int keyLength, String key) {
    if (key.length() > keyLength) {
      return false; // a character has at least one byte: not worth the copy below
    }
    byte[] keyBytes = key.getBytes(UTF_8);
    return Arrays.equals(bytes, KEY_AT, KEY_AT + keyLength, keyBytes, 0, keyBytes.length);
  }

  private static int crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
