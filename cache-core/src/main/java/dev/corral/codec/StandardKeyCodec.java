package dev.corral.codec;

import org.jspecify.annotations.Nullable;

/**
 * The key codec of a cache that names none. It knows strings, whole numbers, {@code BigInteger},
 * {@code UUID}, booleans, characters and enums, and learns from the first key that it encodes which
 * of them the keys are. From then on it takes keys of that class alone, because keys of two classes
 * can have the same text. Thread-safe; takes no lock once the class is learned.
 *
 * <p>A string is its own text, whatever it holds: {@link KeyText} says what can name an entry.
 *
 * @param <K> the type of key
 */
public final class StandardKeyCodec<K> implements KeyCodec<K> {

  private volatile @Nullable KeyForm<?> learned; // written once, guarded by this

  /** Creates a codec that has not learned its class yet. */
  public StandardKeyCodec() {}

  /**
   * Returns the text of a key.
   *
   * @throws IllegalArgumentException if its class is not one of those above
   * @throws IllegalArgumentException if its class is not that of the first key
   */
  @Override
  public String encode(K key) {
    KeyForm<?> form = learned;
    if (form == null) {
      form = learn(key);
    }
    if (KeyForm.classOf(key) != form.type()) {
      throw new IllegalArgumentException(
          "Keys of this cache are of "
              + form.type().getName()
              + ", this one is of "
              + KeyForm.classOf(key).getName()
              + ", and two classes can have the same text:"
              + " give the cache a codec with the builder option keys");
    }
    return form.encode(key);
  }

  private synchronized KeyForm<?> learn(K key) {
    KeyForm<?> form = learned;
    if (form == null) {
      form = KeyForm.of(key);
      if (form == null) {
        throw new IllegalArgumentException(
            "Keys of "
                + key.getClass().getName()
                + " have no standard text: give the cache a codec with the builder option keys");
      }
      learned = form;
    }
    return form;
  }

  /**
   * Returns the key of a text, which must be exactly the one that {@link #encode} returns for it:
   * {@code "42"}, not {@code "+42"} or {@code "042"}.
   *
   * @throws CodecException if it is not the text of a key of the class that was learned
   * @throws CodecException if no key was encoded yet. A node that encodes a key before it keeps
   *     anything under it holds nothing then, so that a message about any key is none of its
   *     business
   */
  @Override
  @SuppressWarnings("unchecked") // K is the class of the keys encoded, the first of which was a K
  public K decode(String text) {
    KeyForm<?> form = learned;
    if (form == null) {
      throw new CodecException("The class of the keys is not known before the first key");
    }
    Object key = form.decode(text);
    if (key == null) {
      throw new CodecException(
          "Not the text of a " + form.type().getName() + " (" + text.length() + " characters)");
    }
    return (K) key;
  }
}
