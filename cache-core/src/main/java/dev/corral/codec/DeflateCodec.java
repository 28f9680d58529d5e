package dev.corral.codec;

import java.util.Arrays;
import java.util.Objects;
import java.util.zip.Deflater;

/**
 * Compresses what another codec writes, by the JDK's deflate (zlib, RFC 1950). Immutable and
 * thread-safe.
 *
 * <p>Values that are small, or that compression does not make smaller, are stored as they are, with
 * one byte before them. The name says that the values are wrapped, so that readers without this
 * codec have a miss: {@code "json+deflate"}.
 *
 * <p>Bytes from outside may be a bomb, a few bytes that inflate to gigabytes. No length in them is
 * believed: they are inflated piece by piece, and refused as soon as they have come to more than
 * {@link #maximumBytes}, which is about all that is allocated for them.
 *
 * @param <V> the type of value
 */
public final class DeflateCodec<V> implements Codec<V> {

  private static final int DEFAULT_SMALLEST = 1024;
  private static final int DEFAULT_MAXIMUM = 16 * 1024 * 1024;

  /** More than this, no array of the JDK's own classes has. */
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  private static final byte PLAIN = 0;
  private static final byte DEFLATED = 1;

  private final Codec<V> codec;
  private final String name;
  private final int smallest;
  private final int maximum;

  private DeflateCodec(Codec<V> codec, int smallest, int maximum) {
    this.codec = codec;
    this.name = codec.name() + "+deflate";
    this.smallest = smallest;
    this.maximum = maximum;
  }

  /**
   * Returns a codec that compresses what {@code codec} writes from 1 KiB on, and inflates to 16 MiB
   * at most.
   */
  public static <V> DeflateCodec<V> of(Codec<V> codec) {
    return new DeflateCodec<>(
        Objects.requireNonNull(codec, "codec"), DEFAULT_SMALLEST, DEFAULT_MAXIMUM);
  }

  /**
   * Returns a codec that leaves what has fewer bytes than this as it is. All of them read what any
   * of them wrote.
   *
   * @throws IllegalArgumentException unless at least 0
   */
  public DeflateCodec<V> compressFrom(int bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("compressFrom must be at least 0: " + bytes);
    }
    return new DeflateCodec<>(codec, bytes, maximum);
  }

  /**
   * Returns a codec that refuses values of more bytes than this before they are compressed, both
   * when it writes and when it reads.
   *
   * @throws IllegalArgumentException unless from 1 to 2^31 - 9
   */
  public DeflateCodec<V> maximumBytes(int bytes) {
    if (bytes < 1 || bytes > LARGEST_ARRAY) {
      throw new IllegalArgumentException(
          "maximumBytes must be from 1 to " + LARGEST_ARRAY + ": " + bytes);
    }
    return new DeflateCodec<>(codec, smallest, bytes);
  }

  /** Returns the name of the wrapped codec, and {@code +deflate}. */
  @Override
  public String name() {
    return name;
  }

  @Override
  public byte[] encode(V value) {
    return wrap(codec.encode(value));
  }

  @Override
  public byte[] encode(V value, EntryName entry) {
    return wrap(codec.encode(value, entry));
  }

  @Override
  public V decode(byte[] bytes) {
    return codec.decode(unwrap(bytes));
  }

  @Override
  public V decode(byte[] bytes, EntryName entry) {
    return codec.decode(unwrap(bytes), entry);
  }

  private byte[] wrap(byte[] plain) {
    if (plain.length > maximum) {
      throw new CodecException(
          "Not compressed, as nobody would inflate it: "
              + plain.length
              + " bytes are more than maximumBytes "
              + maximum);
    }
    byte[] wrapped = new byte[1 + plain.length];
    int length = plain.length < smallest ? 0 : deflate(plain, wrapped);
    if (length > 0) {
      wrapped[0] = DEFLATED;
      return Arrays.copyOf(wrapped, 1 + length);
    }
    wrapped[0] = PLAIN;
    System.arraycopy(plain, 0, wrapped, 1, plain.length);
    return wrapped;
  }

  /** Deflates behind the first byte of an array; 0 if there is no room for all of it. */
  private static int deflate(byte[] plain, byte[] into) {
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(plain);
      deflater.finish();
      int length = deflater.deflate(into, 1, into.length - 1);
      return deflater.finished() ? length : 0;
    } finally {
      deflater.end();
    }
  }

  private byte[] unwrap(byte[] bytes) {
    int kind = bytes.length == 0 ? -1 : bytes[0];
    if (kind == DEFLATED) {
      return Inflation.of(bytes, 1, maximum);
    }
    if (kind != PLAIN || bytes.length - 1 > maximum) {
      throw new CodecException("Not what " + name + " writes (" + bytes.length + " bytes)");
    }
    return Arrays.copyOfRange(bytes, 1, bytes.length);
  }
}
