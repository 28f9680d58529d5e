package dev.corral.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What a request asks for, in 32 bytes: two requests with one key are the same request only if
 * their fingerprints are equal. Immutable.
 */
public final class Fingerprint {

  /** The length of a fingerprint in bytes. */
  public static final int BYTES = Digests.BYTES;

  private static final Fingerprint NONE = new Fingerprint(new byte[BYTES]);

  private final byte[] bytes;

  private Fingerprint(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Returns the SHA-256 of a request's bytes. */
  public static Fingerprint of(byte[] request) {
    return new Fingerprint(Digests.sha256().digest(request));
  }

  /** Returns the SHA-256 of a text in UTF-8. */
  public static Fingerprint of(String request) {
    return of(request.getBytes(UTF_8));
  }

  /**
   * Returns the SHA-256 of several pieces, each after its length: no two lists of pieces have the
   * same, however they are cut.
   */
  public static Fingerprint ofAll(byte[]... pieces) {
    MessageDigest digest = Digests.sha256();
    for (byte[] piece : pieces) {
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(piece.length).array());
      digest.update(piece);
    }
    return new Fingerprint(digest.digest());
  }

  /**
   * Returns a fingerprint that was made elsewhere.
   *
   * @throws IllegalArgumentException unless it has 32 bytes
   */
  public static Fingerprint given(byte[] digest) {
    if (digest.length != BYTES) {
      throw new IllegalArgumentException(
          "A fingerprint must have " + BYTES + " bytes: " + digest.length);
    }
    return new Fingerprint(digest.clone());
  }

  /**
   * Returns the fingerprint of requests that their key alone tells apart, as one made of everything
   * that the request says.
   */
  public static Fingerprint none() {
    return NONE;
  }

  /** Returns the 32 bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fingerprint that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Returns the 64 hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
