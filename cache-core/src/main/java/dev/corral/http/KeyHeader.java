package dev.corral.http;

import java.net.http.HttpRequest;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code Idempotency-Key} of the IETF draft of that name: a string as in RFC 8941,
 * section 3.3.3, between quotation marks.
 */
final class KeyHeader {

  static final String NAME = "Idempotency-Key";

  private static final int LONGEST = 255;

  private KeyHeader() {}

  static String random() {
    return quoted(UUID.randomUUID().toString());
  }

  /**
   * Returns the value for a key.
   *
   * @throws IllegalArgumentException unless the key is of 1 to 255 printable ASCII characters
   */
  static String of(String key) {
    if (key.isEmpty() || key.length() > LONGEST) {
      throw new IllegalArgumentException(
          "key must have from 1 to %d characters: %d".formatted(LONGEST, key.length()));
    }
    if (key.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw new IllegalArgumentException("key must be printable ASCII");
    }
    return quoted(key);
  }

  private static String quoted(String key) {
    return '"' + key.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /**
   * Returns the value that a request has already; null if it has none.
   *
   * @throws IllegalArgumentException if it has several, or an empty one
   */
  static @Nullable String in(HttpRequest request) {
    List<String> values = request.headers().allValues(NAME);
    if (values.isEmpty()) {
      return null;
    }
    if (values.size() > 1 || values.get(0).isBlank()) {
      throw new IllegalArgumentException(
          "A request has one %s, or none: %s".formatted(NAME, values));
    }
    return values.get(0);
  }
}
