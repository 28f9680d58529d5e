package dev.corral.codec;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import java.math.BigInteger;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the keys of one class are written: one text for each key.
 *
 * @param fromText may take more than one text for the same key; {@link #decode} sorts that out
 */
record KeyForm<T>(Class<T> type, Function<T, String> toText, Function<String, T> fromText) {

  private static final Map<Class<?>, KeyForm<?>> BY_CLASS =
      Stream.of(
              new KeyForm<>(String.class, identity(), identity()),
              new KeyForm<>(Byte.class, String::valueOf, Byte::valueOf),
              new KeyForm<>(Short.class, String::valueOf, Short::valueOf),
              new KeyForm<>(Integer.class, String::valueOf, Integer::valueOf),
              new KeyForm<>(Long.class, String::valueOf, Long::valueOf),
              new KeyForm<>(BigInteger.class, String::valueOf, BigInteger::new),
              new KeyForm<>(UUID.class, String::valueOf, UUID::fromString),
              new KeyForm<>(Boolean.class, String::valueOf, Boolean::valueOf),
              new KeyForm<>(Character.class, String::valueOf, text -> text.charAt(0)))
          .collect(toUnmodifiableMap(KeyForm::type, identity()));

  /** Returns the form of keys like this one, or null if their class has none. */
  static @Nullable KeyForm<?> of(Object key) {
    return key instanceof Enum<?> constant
        ? ofEnum(constant.getDeclaringClass())
        : BY_CLASS.get(key.getClass());
  }

  private static <E extends Enum<E>> KeyForm<E> ofEnum(Class<E> type) {
    return new KeyForm<>(type, Enum::name, text -> Enum.valueOf(type, text));
  }

  /** Returns the class of a key; for an enum constant with a body, its enum. */
  static Class<?> classOf(Object key) {
    return key instanceof Enum<?> constant ? constant.getDeclaringClass() : key.getClass();
  }

  /** Returns the text of a key, which must be of {@link #type}. */
  String encode(Object key) {
    return toText.apply(type.cast(key));
  }

  /** Returns the key of exactly this text, or null: {@code "042"} is not how 42 is written. */
  @Nullable T decode(String text) {
    try {
      T key = fromText.apply(text);
      return toText.apply(key).equals(text) ? key : null;
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return null;
    }
  }
}
