package dev.corral.servers.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** One whole value of RESP as it is on the wire: a command, a reply or a push. */
final class RespFrame {

  /** The bytes, which are not to be changed. */
  final byte[] bytes;

  RespFrame(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Whether RESP3 says that no command asked for this. */
  boolean isPush() {
    return bytes[0] == '>';
  }

  boolean isArray() {
    return bytes[0] == '*';
  }

  /** The name of a command in upper case, be it sent as an array or as a line of text. */
  String commandName() {
    List<byte[]> words = strings(1);
    String name =
        words.isEmpty()
            ? new String(bytes, ISO_8859_1).strip().split("\\s", 2)[0]
            : new String(words.get(0), ISO_8859_1);
    return name.toUpperCase(Locale.ROOT);
  }

  /** How many elements an array or push says it has. */
  int size() {
    return (int) RespNumber.parse(bytes, 1, lineEnd(0));
  }

  /**
   * The first elements of an array or push, as far as they are no arrays themselves. Numbers and
   * the like are given as text.
   */
  List<byte[]> strings(int limit) {
    List<byte[]> strings = new ArrayList<>();
    if (!isArray() && !isPush()) {
      return strings;
    }
    int wanted = Math.min(limit, size());
    int at = lineEnd(0) + 2;
    while (strings.size() < wanted) {
      int line = lineEnd(at);
      switch (bytes[at]) {
        case '$', '=', '!' -> {
          int length = (int) Math.max(0, RespNumber.parse(bytes, at + 1, line));
          boolean isNull = bytes[at + 1] == '-';
          strings.add(Arrays.copyOfRange(bytes, line + 2, line + 2 + length));
          at = line + 2 + (isNull ? 0 : length + 2);
        }
        case '*', '~', '>', '%', '|' -> {
          return strings;
        }
        default -> {
          strings.add(Arrays.copyOfRange(bytes, at + 1, line));
          at = line + 2;
        }
      }
    }
    return strings;
  }

  /** The index of the CR that ends the line which begins here. */
  private int lineEnd(int from) {
    int at = from;
    while (bytes[at] != '\r') {
      at++;
    }
    return at;
  }
}
