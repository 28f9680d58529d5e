package dev.corral.spring;

import dev.corral.codec.Codec;
import dev.corral.codec.JacksonCodec;

/** Values as JSON. Apart, as it needs Jackson, which an application of one tier may not have. */
final class JsonValues {

  private JsonValues() {}

  @SuppressWarnings("unchecked") // the values of the cache are of this type, says the property
  static Codec<Object> of(Class<?> type) {
    return (Codec<Object>) JacksonCodec.of(type);
  }
}
