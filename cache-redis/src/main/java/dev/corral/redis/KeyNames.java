package dev.corral.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corral.remote.RemoteRegion;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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
  private final byte[] suffix;

  private KeyNames(String key, byte[] text, byte[] suffix, RedisKeys region) {
    this.key = key;
    this.text = text;
    partition = RemoteRegion.partitionOf(key);
    partitionKey = region.partition(partition);
    this.suffix = suffix;
    entry = ofKind('e');
  }

  static KeyNames of(String key, RedisKeys region) {
    byte[] text = key.getBytes(UTF_8);
    byte[] suffix =
        text.length <= LONGEST_TEXT
            ? Bytes.concat(new byte[] {':'}, text)
            : ("#" + HexFormat.of().formatHex(sha256(text))).getBytes(US_ASCII);
    return new KeyNames(key, text, suffix, region);
  }

  /** Returns where a lease stands: in the entry's place, or beside the value that it refreshes. */
  byte[] place(boolean refresh) {
    return refresh ? right() : entry;
  }

  /** Returns where the right to refresh stands; made anew, as most look-ups need it not. */
  byte[] right() {
    return ofKind('r');
  }

  /** Returns where the failures in a row are counted; made anew. */
  byte[] failures() {
    return ofKind('f');
  }

  /** Returns where the version mark stands; made anew. */
  byte[] mark() {
    return ofKind('m');
  }

  private byte[] ofKind(char kind) {
    return Bytes.concat(partitionKey, new byte[] {(byte) kind}, suffix);
  }

  private static byte[] sha256(byte[] text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
