package dev.corral.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts what another codec writes, by AES-GCM: a random nonce of 96 bits, a tag of 128.
 * Immutable and thread-safe. The name says that the values are wrapped: {@code "json+aes-gcm"}.
 *
 * <p>The {@linkplain EntryName name of the entry} and the name of the format are associated data: a
 * value that somebody has copied to another key, cache, schema or namespace does not decrypt, which
 * is a miss. So this codec only works with the name of an entry, which a cache gives it.
 *
 * <p>Nonces are random, so one key may write 2^32 values at most (NIST SP 800-38D, 8.3): beyond
 * that the chance that two have the same nonce, which gives both away, is above 2^-32. That is five
 * days of 10,000 values a second on all nodes together. {@link AesGcmKeys} says how to rotate.
 *
 * <p>What is encrypted is the value. Keys, tags, how long a value lives, that there is none, how
 * long it is, and when it changes can be seen by whoever sees Redis; and who may write there can
 * bring back a value that the same key had before. To compress as well, wrap the compressing codec
 * in this one; where part of a value is chosen by an attacker who sees its length, do not.
 *
 * <pre>
 * 0  length i of the key's id    1 + i  nonce (12 bytes)
 * 1  id, ASCII                  13 + i  what is encrypted, and its tag (16 bytes)
 * </pre>
 *
 * @param <V> the type of value
 */
public final class AesGcmCodec<V> implements Codec<V> {

  static final String TRANSFORMATION = "AES/GCM/NoPadding";
  static final int NONCE_BYTES = 12;

  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Codec<V> codec;
  private final AesGcmKeys keys;
  private final String name;

  private AesGcmCodec(Codec<V> codec, AesGcmKeys keys) {
    this.codec = codec;
    this.keys = keys;
    this.name = codec.name() + "+aes-gcm";
  }

  /** Returns a codec that encrypts what {@code codec} writes. */
  public static <V> AesGcmCodec<V> of(Codec<V> codec, AesGcmKeys keys) {
    return new AesGcmCodec<>(
        Objects.requireNonNull(codec, "codec"), Objects.requireNonNull(keys, "keys"));
  }

  /** Returns the name of the wrapped codec, and {@code +aes-gcm}. */
  @Override
  public String name() {
    return name;
  }

  /**
   * Refuses: what is encrypted for no entry could be put into any.
   *
   * @throws CodecException always
   */
  @Override
  public byte[] encode(V value) {
    throw new CodecException(name + " needs the name of the entry: a codec that wraps it hides it");
  }

  /**
   * Refuses, as {@link #encode(Object)} does.
   *
   * @throws CodecException always
   */
  @Override
  public V decode(byte[] bytes) {
    throw new CodecException(name + " needs the name of the entry: a codec that wraps it hides it");
  }

  @Override
  public byte[] encode(V value, EntryName entry) {
    byte[] plain = codec.encode(value, entry);
    String id = keys.writer();
    byte[] idBytes = id.getBytes(US_ASCII);
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    byte[] head =
        ByteBuffer.allocate(1 + idBytes.length + NONCE_BYTES)
            .put((byte) idBytes.length)
            .put(idBytes)
            .put(nonce)
            .array();
    try {
      Cipher cipher =
          cipher(Cipher.ENCRYPT_MODE, Objects.requireNonNull(keys.find(id)), id, nonce, 0, entry);
      ByteBuffer out = ByteBuffer.allocate(head.length + cipher.getOutputSize(plain.length));
      cipher.doFinal(ByteBuffer.wrap(plain), out.put(head));
      return out.array();
    } catch (GeneralSecurityException e) {
      throw new CodecException("Cannot encrypt with key " + id, e);
    }
  }

  @Override
  public V decode(byte[] bytes, EntryName entry) {
    int idLength = bytes.length == 0 ? 0 : bytes[0];
    int nonceAt = 1 + idLength;
    int from = nonceAt + NONCE_BYTES;
    if (idLength < 1 || bytes.length < from + TAG_BITS / Byte.SIZE) {
      throw new CodecException("Not what " + name + " writes (" + bytes.length + " bytes)");
    }
    String id = new String(bytes, 1, idLength, US_ASCII);
    @Nullable SecretKey key = keys.find(id);
    if (key == null) {
      throw new CodecException("Encrypted with a key that is none of " + keys);
    }
    byte[] plain;
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, id, bytes, nonceAt, entry);
      plain = cipher.doFinal(bytes, from, bytes.length - from);
    } catch (GeneralSecurityException e) {
      // Another key, another entry, or other bytes: which of them it is, is not to be told.
      throw new CodecException("Does not decrypt with key " + id, e);
    }
    return codec.decode(plain, entry);
  }

  private Cipher cipher(
      int mode, SecretKey key, String id, byte[] nonce, int nonceAt, EntryName entry)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(TRANSFORMATION);
    cipher.init(mode, key, spec(nonce, nonceAt));
    cipher.updateAAD(associated(id, entry));
    return cipher;
  }

  static GCMParameterSpec spec(byte[] nonce, int at) {
    return new GCMParameterSpec(TAG_BITS, nonce, at, NONCE_BYTES);
  }

  /** Each text with its length before it, so that no two lists of texts have the same bytes. */
  private byte[] associated(String id, EntryName entry) {
    byte[][] texts =
        Stream.of(name, id, entry.namespace(), entry.region(), entry.key())
            .map(text -> text.getBytes(UTF_8))
            .toArray(byte[][]::new);
    int length = 0;
    for (byte[] text : texts) {
      length += Integer.BYTES + text.length;
    }
    ByteBuffer out = ByteBuffer.allocate(length);
    for (byte[] text : texts) {
      out.putInt(text.length).put(text);
    }
    return out.array();
  }
}
