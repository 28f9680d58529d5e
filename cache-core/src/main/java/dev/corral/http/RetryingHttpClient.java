package dev.corral.http;

import dev.corral.origin.Origin;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests through the HTTP client of the JDK, and again where that is safe:
 *
 * <pre>{@code
 * RetryingHttpClient payments =
 *     RetryingHttpClient.builder(HttpClient.newHttpClient(), origin, Duration.ofSeconds(2))
 *         .deadline(Duration.ofSeconds(10))
 *         .build();
 * HttpResponse<String> response = payments.send(request, BodyHandlers.ofString());
 * }</pre>
 *
 * <p>Whatever is not idempotent by its method (RFC 9110, section 9.2.2) gets an {@code
 * Idempotency-Key}, unless it has one, and each attempt carries the same. Without a key, such a
 * request is never sent twice. Tried again are 408, 429, 502, 503, 504 and connections that fail or
 * hang, a 500 once and only with a key; nothing else. A 409 with {@code Retry-After} says that an
 * earlier attempt is in progress, and is asked again for its outcome. An answer to a key that is
 * marked by {@code Idempotency-Replayed: true} is final, whatever it is: it would be the same
 * again.
 *
 * <p>The pause before the {@code n}th retry is what {@code Retry-After} asks for, and a random part
 * of {@code base × 2^(n-1)} besides. Retries spend the budget of the {@link Origin}, whose limits
 * each attempt passes; statuses from 500 on, and connections that fail, count as its failures.
 * Replays do not, and neither does what the caller cannot take: a disk that is full, for example.
 *
 * <p>Thread-safe. Has no threads of its own, and need not be closed.
 */
public final class RetryingHttpClient {

  private final Parts parts;

  RetryingHttpClient(Parts parts) {
    this.parts = parts;
  }

  /**
   * Begins a client of one server.
   *
   * @param http sends the attempts; should have a connect time-out
   * @param origin the server: its retry budget, circuit breaker and other limits, in this process
   * @param attemptTimeout how long an attempt may take, the body of its answer included as far as
   *     the body handler waits for that
   * @throws IllegalArgumentException unless {@code attemptTimeout} is from 1 ms to 1 day
   */
  public static RetryingHttpClientBuilder builder(
      HttpClient http, Origin origin, Duration attemptTimeout) {
    return new RetryingHttpClientBuilder(http, origin, attemptTimeout);
  }

  /**
   * Sends a request, until there is an answer that is final, or nothing more to be tried. Blocks
   * for the deadline at most, whether or not the threads of the HTTP client are free; but the body
   * of a request that may be sent again is read on this thread, and a publisher that blocks in
   * {@code subscribe} comes on top of it. Should be given the same key by {@link #send(HttpRequest,
   * String, BodyHandler)} if the caller itself may come back with the same, after a crash for
   * example.
   *
   * @return the last answer, which may be a failure; its request has the key that was used
   * @throws NoAnswerException if the last attempt came to no answer, or was not let through
   * @throws IllegalArgumentException if the request has more than one {@code Idempotency-Key}
   * @throws IOException if the body of the request cannot be read, or the handler cannot take that
   *     of the answer; the latter suppresses a {@link NoAnswerException} with the key, as does
   *     whatever else the handler throws
   * @throws InterruptedException if this thread was interrupted; the attempt is broken off. It
   *     suppresses a {@link NoAnswerException} with the key
   */
  public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    return exchange(request, keyFor(request), true, handler).send();
  }

  /**
   * The same, with a key of the caller.
   *
   * @param key identifies what is to happen once; stands between quotation marks when it is sent
   * @throws IllegalArgumentException unless {@code key} has from 1 to 255 characters, all of them
   *     printable ASCII, and the request has no {@code Idempotency-Key} itself
   */
  public <T> HttpResponse<T> send(HttpRequest request, String key, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    return exchange(request, keyFor(request, key), true, handler).send();
  }

  /**
   * Sends a request in one attempt, whatever comes of it, and adds no key. For what must not be
   * repeated, at servers that know nothing of keys.
   */
  public <T> HttpResponse<T> sendOnce(HttpRequest request, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    return exchange(request, KeyHeader.in(request), false, handler).send();
  }

  /**
   * The same as {@link #send(HttpRequest, BodyHandler)} without blocking. An origin that has no
   * permit left rejects the attempt at once. What follows an attempt, the end of its time as well,
   * is done by the executor of the HTTP client, and no sooner than that has a thread for it.
   *
   * <p>Cancelling the future breaks off the attempt, or has none made if it did not begin. A future
   * that was cancelled does not tell the key: whoever cancels, and may come back, should pass one
   * to {@link #sendAsync(HttpRequest, String, BodyHandler)}.
   */
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler) {
    return exchange(request, keyFor(request), true, handler).sendAsync();
  }

  /** The same as {@link #send(HttpRequest, String, BodyHandler)} without blocking. */
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, String key, BodyHandler<T> handler) {
    return exchange(request, keyFor(request, key), true, handler).sendAsync();
  }

  /** The same as {@link #sendOnce} without blocking. */
  public <T> CompletableFuture<HttpResponse<T>> sendOnceAsync(
      HttpRequest request, BodyHandler<T> handler) {
    return exchange(request, KeyHeader.in(request), false, handler).sendAsync();
  }

  private static @Nullable String keyFor(HttpRequest request) {
    String given = KeyHeader.in(request);
    return given != null || Asked.isIdempotent(request.method()) ? given : KeyHeader.random();
  }

  private static String keyFor(HttpRequest request, String key) {
    Objects.requireNonNull(key, "key");
    if (KeyHeader.in(request) != null) {
      throw new IllegalArgumentException("The request has a key already: " + KeyHeader.NAME);
    }
    return KeyHeader.of(key);
  }

  private <T> Exchange<T> exchange(
      HttpRequest request, @Nullable String key, boolean repeats, BodyHandler<T> handler) {
    Objects.requireNonNull(handler, "handler");
    return new Exchange<>(
        new Attempts<>(parts, request, key, repeats, handler), parts.executor(), parts.counts());
  }

  /** Returns the server as it was given to the builder. */
  public Origin origin() {
    return parts.origin();
  }

  /** Returns what this client has done so far. */
  public HttpClientStats stats() {
    return parts.counts().snapshot();
  }
}
