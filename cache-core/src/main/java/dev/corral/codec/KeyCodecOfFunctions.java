package dev.corral.codec;

import java.util.function.Function;

/** A key codec made of two functions of the user. */
record KeyCodecOfFunctions<K>(
    Function<? super K, String> toText, Function<? super String, ? extends K> fromText)
    implements KeyCodec<K> {

  @Override
  public String encode(K key) {
    return toText.apply(key);
  }

  @Override
  public K decode(String text) {
    K key;
    try {
      key = fromText.apply(text);
    } catch (CodecException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new CodecException("Not the text of a key (" + text.length() + " characters)", e);
    }
    if (key == null) {
      throw new CodecException("The key codec returned null for a text");
    }
    return key;
  }
}
