package dev.corral.codec;

/**
 * Stores byte arrays as they are. Thread-safe.
 *
 * <p>Nothing is copied, so nobody may change an array: not the caller who gave it to the cache, nor
 * one who got it from the cache, since the local tier hands the same array to everybody. Whoever
 * needs to change one changes a copy.
 */
public final class BytesCodec implements Codec<byte[]> {

  private static final BytesCodec AS_IS = new BytesCodec();

  private BytesCodec() {}

  /** Returns the codec. */
  public static BytesCodec asIs() {
    return AS_IS;
  }

  @Override
  public String name() {
    return "bytes";
  }

  /** Returns the array itself, not a copy. */
  @Override
  public byte[] encode(byte[] value) {
    return value;
  }

  /** Returns the array itself, not a copy. */
  @Override
  public byte[] decode(byte[] bytes) {
    return bytes;
  }
}
