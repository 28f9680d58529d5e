package dev.corral.idempotency.http;

/** The tokens of RFC 9110, section 5.6.2. */
final class Tokens {

  private static final String MARKS = "!#$%&'*+-.^_`|~";

  private Tokens() {}

  static boolean isToken(String text) {
    return !text.isEmpty() && text.chars().allMatch(Tokens::isTokenChar);
  }

  static boolean isTokenChar(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || MARKS.indexOf(c) >= 0;
  }
}
