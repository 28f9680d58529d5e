package dev.corral.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Stores text as UTF-8, and nothing else: text with an unpaired surrogate and malformed bytes are
 * refused, never repaired. Thread-safe.
 */
public final class StringCodec implements Codec<String> {

  private static final StringCodec UTF8 = new StringCodec();

  private StringCodec() {}

  /** Returns the codec. */
  public static StringCodec utf8() {
    return UTF8;
  }

  @Override
  public String name() {
    return "utf-8";
  }

  @Override
  public byte[] encode(String value) {
    if (Utf8.length(value) < 0) {
      throw new CodecException("A String with an unpaired surrogate has no UTF-8");
    }
    return value.getBytes(UTF_8);
  }

  @Override
  public String decode(byte[] bytes) {
    String value = Utf8.decode(bytes);
    if (value == null) {
      throw new CodecException("Not UTF-8 (" + bytes.length + " bytes)");
    }
    return value;
  }
}
