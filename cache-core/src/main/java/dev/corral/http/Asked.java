package dev.corral.http;

import java.util.Set;

/**
 * What is asked of the server.
 *
 * @param keyed whether it has an idempotency key, the same for each attempt
 * @param resendable whether the caller allows it to be sent again, and its body can be
 */
record Asked(String method, boolean keyed, boolean resendable) {

  /** RFC 9110, section 9.2.2. What is not in it, known or not, is taken to happen each time. */
  private static final Set<String> IDEMPOTENT =
      Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

  static boolean isIdempotent(String method) {
    return IDEMPOTENT.contains(method);
  }

  boolean isRepeatable() {
    return resendable && (keyed || isIdempotent(method));
  }
}
