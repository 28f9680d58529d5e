package dev.corral.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;

/** The names in Redis that belong to one key of a region. The arrays are not to be changed. */
final class KeyNames {

  private static final int LONGEST_TEXT = 512;

  /** The key itself. */
  final String key;

  /** The key in UTF-8, however long. */
  final byte[] text;

  /** The partition's index. */
  final int partition;

  final byte[] partitionKey;
  final byte[] entry;
  final byte[] right;
  final byte[] failures;

  private KeyNames(String key, byte[] text, byte[] suffix, RedisKeys region) {
    this.key = key;
    this.text = text;
    partition = partitionOf(text);
    partitionKey = region.partition(partition);
    entry = Bytes.concat(partitionKey, new byte[] {'e'}, suffix);
    right = Bytes.concat(partitionKey, new byte[] {'r'}, suffix);
    failures = Bytes.concat(partitionKey, new byte[] {'f'}, suffix);
  }

  static KeyNames of(String key, RedisKeys region) {
    byte[] text = key.getBytes(UTF_8);
    byte[] suffix =
        text.length <= LONGEST_TEXT
            ? Bytes.concat(new byte[] {':'}, text)
            : ("#" + HexFormat.of().formatHex(sha256(text))).getBytes(US_ASCII);
    return new KeyNames(key, text, suffix, region);
  }

  /** Returns the partition of a key: the low byte of its CRC-32, the one of zlib. */
  static int partitionOf(byte[] text) {
    CRC32 crc = new CRC32();
    crc.update(text);
    return (int) (crc.getValue() & (RedisKeys.PARTITIONS - 1));
  }

  /** Returns where a lease stands: in the entry's place, or beside the value that it refreshes. */
  byte[] place(boolean refresh) {
    return refresh ? right : entry;
  }

  private static byte[] sha256(byte[] text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
