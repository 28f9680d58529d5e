package dev.corral.codec;

/**
 * Turns values of one type into bytes and back. Thread-safe.
 *
 * <p>The bytes that {@link #decode} gets come from outside and may be hostile: a codec decides by
 * its own configuration alone which classes it creates, never by what the bytes say.
 *
 * @param <V> the type of value
 */
public interface Codec<V> {

  /**
   * Returns a short name of the byte format, such as {@code "json"}. It is stored with every value:
   * bytes that were written under another name are a miss.
   */
  String name();

  /**
   * Returns the bytes of a value.
   *
   * @throws CodecException if the value has no such bytes
   */
  byte[] encode(V value);

  /**
   * Returns the value of some bytes.
   *
   * @throws CodecException if they are not the bytes of a value
   */
  V decode(byte[] bytes);

  /**
   * As {@link #encode(Object)}, of a value that is to be stored as a certain entry. This is what a
   * cache calls. Most codecs do not care which entry it is, and leave this method alone; one that
   * wraps another passes the name on.
   *
   * @throws CodecException if the value has no such bytes
   */
  default byte[] encode(V value, EntryName entry) {
    return encode(value);
  }

  /**
   * As {@link #decode(byte[])}, of bytes that were found at a certain entry. This is what a cache
   * calls.
   *
   * @throws CodecException if they are not the bytes of a value of this entry
   */
  default V decode(byte[] bytes, EntryName entry) {
    return decode(bytes);
  }
}
