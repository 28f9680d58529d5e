package dev.corral.codec;

/**
 * What every text of a key must obey, whichever {@link KeyCodec} made it: it has to name one entry,
 * and to come back from its bytes as it was.
 */
public final class KeyText {

  /** The most bytes that the text of a key may have in UTF-8: what two bytes can count. */
  public static final int MAX_BYTES = 65_535;

  private KeyText() {}

  /**
   * Returns the text if it can name an entry.
   *
   * @throws IllegalArgumentException if it has more than {@link #MAX_BYTES} bytes in UTF-8
   * @throws IllegalArgumentException if it holds an unpaired surrogate, which has no UTF-8
   */
  public static String check(String text) {
    long bytes = Utf8.length(text);
    if (bytes < 0) {
      throw new IllegalArgumentException(
          "The text of a key must have no unpaired surrogate: one of "
              + text.length()
              + " characters has");
    }
    if (bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "The text of a key must have at most " + MAX_BYTES + " bytes in UTF-8: " + bytes);
    }
    return text;
  }
}
