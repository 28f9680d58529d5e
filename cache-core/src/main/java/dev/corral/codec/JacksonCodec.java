package dev.corral.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import com.fasterxml.jackson.databind.jsontype.impl.LaissezFaireSubTypeValidator;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;

/**
 * Stores values as JSON, by Jackson. Thread-safe. Needs {@code jackson-databind} on the class path,
 * which nothing else here does.
 *
 * <p>The type is named by the user and never by the bytes: a mapper with default typing is refused,
 * and annotations that read class names (such as {@code @JsonTypeInfo(use = Id.CLASS)}) are refused
 * when bytes are read, unless the mapper has a {@code PolymorphicTypeValidator} of its own that
 * allows the class. Subtypes by declared names ({@code Id.NAME}) are fine.
 *
 * <p>Bytes that hold anything after the value, and a JSON {@code null} that reads as null, are
 * refused. So that logs show no data, exceptions tell the type and the place, never what was there.
 *
 * @param <V> the type of value
 */
public final class JacksonCodec<V> implements Codec<V> {

  private final String name;
  private final String type;
  private final ObjectReader reader;
  private final ObjectWriter writer;

  private JacksonCodec(JavaType type, ObjectMapper mapper) {
    // "json" of a JsonMapper, "cbor" of a CBORMapper: bytes of one are a miss for the other.
    this.name = mapper.getFactory().getFormatName().toLowerCase(Locale.ROOT);
    this.type = type.toCanonical();
    this.reader = mapper.readerFor(type).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    this.writer = mapper.writerFor(type);
  }

  /**
   * Returns a codec for a class, records included, with the default mapper. It has the modules that
   * {@code ServiceLoader} finds, such as that of {@code java.time}; it ignores properties that the
   * type does not have, since during a rolling release each release reads what the other wrote; and
   * it writes dates as text that keeps their offset and zone.
   */
  public static <V> JacksonCodec<V> of(Class<V> type) {
    ObjectMapper mapper = defaultMapper();
    return new JacksonCodec<>(mapper.constructType(type), mapper);
  }

  /** Returns a codec for a generic type, with the default mapper of {@link #of(Class)}. */
  public static <V> JacksonCodec<V> of(TypeReference<V> type) {
    ObjectMapper mapper = defaultMapper();
    return new JacksonCodec<>(mapper.constructType(type), mapper);
  }

  /**
   * Returns a codec for a class, with a mapper of the user's. The mapper is copied: what is changed
   * in it afterwards changes nothing here.
   *
   * @throws IllegalArgumentException if the mapper has default typing, or cannot be copied
   */
  public static <V> JacksonCodec<V> of(Class<V> type, ObjectMapper mapper) {
    ObjectMapper safe = safeCopy(mapper);
    return new JacksonCodec<>(safe.constructType(type), safe);
  }

  /**
   * Returns a codec for a generic type, with a mapper of the user's. The mapper is copied: what is
   * changed in it afterwards changes nothing here.
   *
   * @throws IllegalArgumentException if the mapper has default typing, or cannot be copied
   */
  public static <V> JacksonCodec<V> of(TypeReference<V> type, ObjectMapper mapper) {
    ObjectMapper safe = safeCopy(mapper);
    return new JacksonCodec<>(safe.constructType(type), safe);
  }

  private static ObjectMapper defaultMapper() {
    return safeCopy(
        JsonMapper.builder()
            .findAndAddModules()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.WRITE_DATES_WITH_ZONE_ID)
            .build());
  }

  private static ObjectMapper safeCopy(ObjectMapper mapper) {
    JavaType any = mapper.constructType(Object.class);
    if (mapper.getDeserializationConfig().getDefaultTyper(any) != null
        || mapper.getSerializationConfig().getDefaultTyper(any) != null) {
      throw new IllegalArgumentException(
          "mapper must not have default typing: stored bytes would choose classes");
    }
    ObjectMapper copy = copy(mapper);
    if (copy.getPolymorphicTypeValidator() instanceof LaissezFaireSubTypeValidator) {
      // Jackson's default allows any class; one without rules allows none.
      copy.setPolymorphicTypeValidator(BasicPolymorphicTypeValidator.builder().build());
    }
    return copy;
  }

  private static ObjectMapper copy(ObjectMapper mapper) {
    try {
      return mapper.copy();
    } catch (IllegalStateException e) {
      throw new IllegalArgumentException(
          "mapper must be one that can be copied: " + mapper.getClass().getName(), e);
    }
  }

  /** Returns the name of the mapper's format: {@code "json"} unless it has another factory. */
  @Override
  public String name() {
    return name;
  }

  @Override
  public byte[] encode(V value) {
    Objects.requireNonNull(value, "value");
    try {
      return writer.writeValueAsBytes(value);
    } catch (IOException | RuntimeException e) {
      throw new CodecException("A " + type + " has no " + name + ": " + reason(e));
    }
  }

  @Override
  public V decode(byte[] bytes) {
    V value;
    try {
      value = reader.readValue(bytes);
    } catch (IOException | RuntimeException e) {
      throw new CodecException("Not the " + name + " of a " + type + ": " + reason(e));
    }
    if (value == null) {
      throw new CodecException("Not the " + name + " of a " + type + ": null");
    }
    return value;
  }

  // Jackson's messages quote the data, and so would a cause: only the kind and place are told.
  private static String reason(Exception e) {
    String kind = e.getClass().getSimpleName();
    if (e instanceof InvalidDefinitionException definition) {
      return kind + ": " + definition.getOriginalMessage(); // speaks of classes alone
    }
    if (e instanceof JsonProcessingException json && json.getLocation() != null) {
      return kind + " at byte " + json.getLocation().getByteOffset();
    }
    return kind;
  }
}
