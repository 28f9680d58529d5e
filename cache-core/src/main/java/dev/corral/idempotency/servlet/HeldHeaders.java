package dev.corral.idempotency.servlet;

import dev.corral.idempotency.http.RecordedResponse;
import jakarta.servlet.http.Cookie;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The headers of a response, whose names count in any case. Not thread-safe. */
final class HeldHeaders {

  private final Map<String, List<RecordedResponse.Header>> lines = new LinkedHashMap<>();

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  void set(String name, @Nullable String value) {
    lines.remove(key(name));
    if (value != null) {
      add(name, value);
    }
  }

  void add(String name, String value) {
    lines
        .computeIfAbsent(key(name), it -> new ArrayList<>())
        .add(RecordedResponse.Header.replacing(name, value));
  }

  /** Adds a cookie as RFC 6265 writes it: attributes without a value stand alone. */
  void add(Cookie cookie) {
    StringBuilder text = new StringBuilder(cookie.getName()).append('=');
    append(text, cookie.getValue());
    cookie
        .getAttributes()
        .forEach(
            (name, value) -> {
              if (isFlag(name)) {
                if (!"false".equalsIgnoreCase(value)) {
                  text.append("; ").append(name);
                }
              } else {
                append(text.append("; ").append(name).append('='), value);
              }
            });
    add("Set-Cookie", text.toString());
  }

  private static boolean isFlag(String attribute) {
    return attribute.equalsIgnoreCase("Secure")
        || attribute.equalsIgnoreCase("HttpOnly")
        || attribute.equalsIgnoreCase("Partitioned");
  }

  private static void append(StringBuilder text, @Nullable String value) {
    if (value != null && value.indexOf(';') >= 0) {
      throw new IllegalArgumentException("A cookie must have no semicolon in a value");
    }
    text.append(value == null ? "" : value);
  }

  boolean contains(String name) {
    return lines.containsKey(key(name));
  }

  List<String> values(String name) {
    return lines.getOrDefault(key(name), List.of()).stream()
        .map(RecordedResponse.Header::value)
        .toList();
  }

  List<String> names() {
    return lines.values().stream().map(each -> each.get(0).name()).toList();
  }

  List<RecordedResponse.Header> toList() {
    return lines.values().stream().flatMap(List::stream).toList();
  }

  void clear() {
    lines.clear();
  }
}
