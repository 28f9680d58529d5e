package dev.corral.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request came to no answer, and nobody knows whether it had an effect, unless {@link #attempts}
 * is zero. If it has a key, sending it again with the same one is how to find out; sending it with
 * a new one is how things happen twice.
 *
 * <p>If the sender is interrupted, or its body handler cannot take the answer, that is thrown, with
 * one of these among what it {@linkplain Throwable#getSuppressed suppresses}, so that the key is
 * known then, too.
 */
public final class NoAnswerException extends IOException {

  private static final long serialVersionUID = 1L;

  private final GaveUp reason;
  private final int attempts;
  private final @Nullable String key;

  NoAnswerException(
      HttpRequest request,
      GaveUp reason,
      int attempts,
      @Nullable String key,
      @Nullable Throwable cause) {
    super(
        "No answer from %s %s after %d attempts: %s"
            .formatted(request.method(), place(request.uri()), attempts, reason),
        cause);
    this.reason = reason;
    this.attempts = attempts;
    this.key = key;
  }

  /** Without the query, in which there may be secrets. */
  private static String place(URI uri) {
    String path = uri.getRawPath();
    return uri.getScheme()
        + "://"
        + uri.getHost()
        + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
        + (path == null ? "" : path);
  }

  /** Returns why it was not sent again. */
  public GaveUp reason() {
    return reason;
  }

  /** Returns how often it was sent. */
  public int attempts() {
    return attempts;
  }

  /** Returns the value of {@code Idempotency-Key} that all attempts had, as it was sent. */
  public Optional<String> key() {
    return Optional.ofNullable(key);
  }
}
