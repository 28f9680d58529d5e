package dev.corral.idempotency.http;

import dev.corral.idempotency.IdempotencyKey;
import java.util.List;

/**
 * Reads the {@code Idempotency-Key} header: a String of RFC 8941 in quotes, as the draft wants it,
 * or the same text bare, as many clients send it. Both spellings are one key. Bare, it may have the
 * characters of a token, and {@code :}, {@code /} and {@code =}, which UUIDs, URNs and Base64 need.
 */
final class KeyHeader {

  private static final String MORE_BARE = ":/=";

  private KeyHeader() {}

  /** Why a header is no key; the message is for the client. */
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
      super(message);
    }
  }

  /**
   * Returns the key.
   *
   * @param lines the values of the header's lines, of which there must be one
   */
  static String read(List<String> lines) throws MalformedException {
    if (lines.size() != 1) {
      throw new MalformedException("There must be one Idempotency-Key");
    }
    String line = trim(lines.get(0));
    String key = line.startsWith("\"") ? quoted(line) : bare(line);
    if (key.isEmpty() || key.length() > IdempotencyKey.MAX_LENGTH) {
      throw new MalformedException(
          "An Idempotency-Key must have from 1 to %d characters"
              .formatted(IdempotencyKey.MAX_LENGTH));
    }
    return key;
  }

  /** Cuts off what may stand around the value of a header: spaces and tabs. */
  private static String trim(String line) {
    int begin = 0;
    int end = line.length();
    while (begin < end && isBlank(line.charAt(begin))) {
      begin++;
    }
    while (begin < end && isBlank(line.charAt(end - 1))) {
      end--;
    }
    return line.substring(begin, end);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private static String bare(String line) throws MalformedException {
    if (!line.chars().allMatch(c -> Tokens.isTokenChar(c) || MORE_BARE.indexOf(c) >= 0)) {
      throw new MalformedException(
          "An Idempotency-Key must be a string in double quotes, or letters, digits and marks");
    }
    return line;
  }

  /** RFC 8941, section 4.2.5; nothing may follow, parameters neither. */
  private static String quoted(String line) throws MalformedException {
    StringBuilder key = new StringBuilder();
    int at = 1;
    while (at < line.length()) {
      char c = line.charAt(at++);
      if (c == '"') {
        if (at != line.length()) {
          throw new MalformedException("Nothing may follow the string of an Idempotency-Key");
        }
        return key.toString();
      }
      if (c == '\\') {
        c = at < line.length() ? line.charAt(at++) : ' ';
        if (c != '"' && c != '\\') {
          throw new MalformedException("A backslash must stand before a quote or a backslash");
        }
      } else if (c < ' ' || c > '~') {
        throw new MalformedException("The string of an Idempotency-Key must be ASCII");
      }
      key.append(c);
    }
    throw new MalformedException("The string of an Idempotency-Key has no end");
  }
}
