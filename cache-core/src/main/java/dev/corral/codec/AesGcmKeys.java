package dev.corral.codec;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * The AES keys of an {@link AesGcmCodec}, each with an id: one that writes, any number that still
 * read. Immutable and thread-safe. No method and no exception shows a key.
 *
 * <p>To rotate, in this order, each step on all nodes before the next one:
 *
 * <ol>
 *   <li>add the new key with {@link #reading},
 *   <li>let it be the one that {@linkplain #writing writes}, and the old one read,
 *   <li>leave the old one out when the longest life of a value has passed.
 * </ol>
 *
 * <p>An id is stored with each value and never used again for another key.
 */
public final class AesGcmKeys {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,32}");

  private final String writer;
  private final Map<String, SecretKey> keys;

  private AesGcmKeys(String writer, Map<String, SecretKey> keys) {
    this.writer = writer;
    this.keys = keys;
  }

  /**
   * Returns the one key that writes, and reads what it wrote.
   *
   * @throws IllegalArgumentException if the id is not from 1 to 32 letters, digits, {@code .},
   *     {@code _} and {@code -}, or the key is none of AES
   */
  public static AesGcmKeys writing(String id, SecretKey key) {
    return new AesGcmKeys(id, Map.of()).reading(id, key);
  }

  /**
   * Returns these keys and one more, which only reads.
   *
   * @throws IllegalArgumentException as {@link #writing}, and if there is a key of this id already
   */
  public AesGcmKeys reading(String id, SecretKey key) {
    if (!ID.matcher(Objects.requireNonNull(id, "id")).matches()) {
      throw new IllegalArgumentException("id must match " + ID.pattern() + ": " + id);
    }
    requireAes(id, Objects.requireNonNull(key, "key"));
    Map<String, SecretKey> more = new LinkedHashMap<>(keys);
    if (more.put(id, key) != null) {
      throw new IllegalArgumentException("id must be of one key only: " + id);
    }
    return new AesGcmKeys(writer, more);
  }

  private static void requireAes(String id, SecretKey key) {
    try {
      Cipher cipher = Cipher.getInstance(AesGcmCodec.TRANSFORMATION);
      cipher.init(Cipher.ENCRYPT_MODE, key, AesGcmCodec.spec(new byte[AesGcmCodec.NONCE_BYTES], 0));
    } catch (InvalidKeyException e) {
      throw new IllegalArgumentException(
          "key must be one of AES, of 128, 192 or 256 bits: that of id " + id, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK has no " + AesGcmCodec.TRANSFORMATION, e);
    }
  }

  String writer() {
    return writer;
  }

  /** Returns the key of an id, or null if it is not known here. */
  @Nullable SecretKey find(String id) {
    return keys.get(id);
  }

  /** Returns the ids, the one that writes first, and no key. */
  @Override
  public String toString() {
    return "AesGcmKeys" + keys.keySet();
  }
}
