package dev.corral.codec;

import java.util.function.Function;

/**
 * Turns the keys of a cache into text and back. Thread-safe.
 *
 * <p>The text names the entry in the remote tier, and comes back in the messages by which nodes
 * tell each other of invalidations. So {@code decode(encode(key))} must equal {@code key}, and two
 * different keys must never have the same text.
 *
 * @param <K> the type of key
 */
public interface KeyCodec<K> {

  /**
   * Returns the codec of two functions. What {@code decode} throws, and a null that it returns,
   * becomes a {@link CodecException}.
   */
  static <K> KeyCodec<K> of(
      Function<? super K, String> encode, Function<? super String, ? extends K> decode) {
    return new KeyCodecOfFunctions<>(encode, decode);
  }

  /** Returns the text of a key: at most 65,535 bytes in UTF-8, with no unpaired surrogates. */
  String encode(K key);

  /**
   * Returns the key of a text.
   *
   * @throws CodecException if it is not the text of a key
   */
  K decode(String text);
}
