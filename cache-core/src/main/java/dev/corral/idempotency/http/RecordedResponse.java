package dev.corral.idempotency.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * A whole response: its status, its headers in their order, and the bytes of its body. Immutable.
 */
public final class RecordedResponse {

  /** The most headers that one may have. */
  public static final int MAX_HEADERS = 256;

  /** The most characters that the names and values of all headers may have together. */
  public static final int MAX_HEADER_CHARS = 64 * 1024;

  /**
   * A line of the head.
   *
   * @param name a token of RFC 9110
   * @param value without control characters, so that no bytes from a store make another header
   */
  public record Header(String name, String value) {

    /**
     * Checks both.
     *
     * @throws IllegalArgumentException if the name is no token, or the value holds a control
     *     character other than a tab, or one beyond ISO 8859-1
     */
    public Header {
      if (!Tokens.isToken(name)) {
        throw new IllegalArgumentException("The name of a header must be a token");
      }
      if (!value.chars().allMatch(Header::isAllowed)) {
        throw new IllegalArgumentException(
            "The value of %s must be ISO 8859-1 without control characters".formatted(name));
      }
    }

    /**
     * Creates one in which {@code ?} stands for each character that a value cannot have, as servers
     * write them: a handler that has taken effect is not to fail because of a dash.
     *
     * @throws IllegalArgumentException if the name is no token
     */
    public static Header replacing(String name, String value) {
      StringBuilder allowed = new StringBuilder(value);
      for (int i = 0; i < value.length(); i++) {
        if (!isAllowed(value.charAt(i))) {
          allowed.setCharAt(i, '?');
        }
      }
      return new Header(name, allowed.toString());
    }

    /**
     * Whether it stands beside those of the same name that something else has set, as cookies and
     * links do. Others replace them.
     */
    public boolean addsUp() {
      return ADD_UP.contains(name.toLowerCase(Locale.ROOT));
    }

    private static boolean isAllowed(int c) {
      return c == '\t' || (c >= ' ' && c <= 0xFF && c != 0x7F);
    }
  }

  private static final Set<String> ADD_UP =
      Set.of("link", "set-cookie", "vary", "www-authenticate");

  private final int status;
  private final List<Header> headers;
  private final byte[] body;

  private RecordedResponse(int status, List<Header> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /**
   * Creates one.
   *
   * @throws IllegalArgumentException if the status is not from 200 to 599, if there are more than
   *     256 headers, or if they have more than 65,536 characters
   */
  public static RecordedResponse of(int status, List<Header> headers, byte[] body) {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("status must be from 200 to 599: " + status);
    }
    List<Header> copy = List.copyOf(headers);
    if (copy.size() > MAX_HEADERS) {
      throw new HeadTooLargeException(
          status,
          "A response must have at most %d headers: %d".formatted(MAX_HEADERS, copy.size()));
    }
    long chars = copy.stream().mapToLong(it -> it.name().length() + it.value().length()).sum();
    if (chars > MAX_HEADER_CHARS) {
      throw new HeadTooLargeException(
          status,
          "The headers of a response must have at most %d characters: %d"
              .formatted(MAX_HEADER_CHARS, chars));
    }
    return new RecordedResponse(status, copy, body.clone());
  }

  /** Returns the status. */
  public int status() {
    return status;
  }

  /** Returns the headers, in their order; a name may be there more than once. */
  public List<Header> headers() {
    return headers;
  }

  /** Returns the bytes of the body; none if there is no body. */
  public byte[] body() {
    return body.clone();
  }

  /** Returns this with another header at the end, instead of those of that name. */
  RecordedResponse with(String name, String value) {
    List<Header> changed = new ArrayList<>(headers);
    changed.removeIf(it -> it.name().equalsIgnoreCase(name));
    changed.add(new Header(name, value));
    return new RecordedResponse(status, List.copyOf(changed), body);
  }

  /** Returns this without the headers of some names, which are given in small letters. */
  RecordedResponse without(Set<String> names) {
    List<Header> left =
        headers.stream().filter(it -> !names.contains(it.name().toLowerCase(Locale.ROOT))).toList();
    return left.size() == headers.size() ? this : new RecordedResponse(status, left, body);
  }

  /** Returns the headers with their names in small letters and in order, as neither counts. */
  private static List<Header> canonical(List<Header> headers) {
    return headers.stream()
        .map(it -> new Header(it.name().toLowerCase(Locale.ROOT), it.value()))
        .sorted(Comparator.comparing(Header::name)) // stable: those of one name stay in order
        .toList();
  }

  /** Returns the same response as it is stored, without some headers. */
  RecordedResponse canonical(UnreplayedHeaders unreplayed) {
    return new RecordedResponse(status, canonical(unreplayed.without(headers)), body);
  }

  /**
   * Whether the other one has the same status, headers and body. The case of names does not count,
   * nor does the order of headers of different names.
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof RecordedResponse that
        && status == that.status
        && canonical(headers).equals(canonical(that.headers))
        && Arrays.equals(body, that.body);
  }

  @Override
  public int hashCode() {
    return Objects.hash(status, canonical(headers), Arrays.hashCode(body));
  }

  /** Returns status and sizes, as the rest may be confidential. */
  @Override
  public String toString() {
    return "%d, %d headers, %d bytes".formatted(status, headers.size(), body.length);
  }
}
