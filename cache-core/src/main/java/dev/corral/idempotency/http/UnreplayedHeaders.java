package dev.corral.idempotency.http;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which headers are not stored, as they speak of one connection or one response, or are secrets of
 * one caller.
 */
final class UnreplayedHeaders {

  /**
   * Those of the connection (RFC 9110, section 7.6.1), those that a server writes by itself, our
   * own mark, and cookies: a session that was begun for the first response must not be handed out
   * again for a day, nor lie in a store.
   */
  private static final Set<String> ALWAYS =
      Set.of(
          "age",
          "connection",
          "content-length",
          "date",
          "idempotency-replayed",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authentication-info",
          "proxy-connection",
          "set-cookie",
          "set-cookie2",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /** Those that say how a body is sent, of which the server has its own. */
  private static final Set<String> FRAMING =
      Set.of("content-length", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade");

  private final Set<String> names;

  UnreplayedHeaders(Collection<String> more) {
    names = new TreeSet<>(ALWAYS);
    more.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
  }

  /** Returns a response without what its maker says of how it is sent. */
  static RecordedResponse withoutFraming(RecordedResponse response) {
    return response.without(FRAMING);
  }

  /** Returns the headers that are replayed: without those that {@code Connection} names, too. */
  List<RecordedResponse.Header> without(List<RecordedResponse.Header> headers) {
    Set<String> dropped = new TreeSet<>(names);
    for (RecordedResponse.Header header : headers) {
      if (header.name().equalsIgnoreCase("connection")) {
        for (String name : header.value().split(",", -1)) {
          dropped.add(name.strip().toLowerCase(Locale.ROOT));
        }
      }
    }
    return headers.stream()
        .filter(it -> !dropped.contains(it.name().toLowerCase(Locale.ROOT)))
        .toList();
  }
}
