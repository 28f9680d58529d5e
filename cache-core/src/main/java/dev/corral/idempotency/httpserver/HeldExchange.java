package dev.corral.idempotency.httpserver;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import dev.corral.idempotency.Attempt;
import dev.corral.idempotency.http.BoundedBody;
import dev.corral.idempotency.http.RecordedResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An exchange whose request has been read, and whose response is held back. */
final class HeldExchange extends HttpExchange {

  static final String ATTEMPT = "dev.corral.idempotency.attempt";

  private static final int UNANSWERED = -1;
  private static final long ANY_LENGTH = 0;
  private static final long NO_BODY = -1;

  private final HttpExchange exchange;
  private final Attempt<RecordedResponse> attempt;
  private final BoundedBody kept;
  private final Headers headers = new Headers();
  private InputStream in;
  private OutputStream out;
  private int status = UNANSWERED;
  private long length;

  HeldExchange(
      HttpExchange exchange,
      Attempt<RecordedResponse> attempt,
      byte[] requestBody,
      BoundedBody responseBody) {
    this.exchange = exchange;
    this.attempt = attempt;
    kept = responseBody;
    in = new ByteArrayInputStream(requestBody);
    out = responseBody;
  }

  /**
   * Returns what was answered.
   *
   * @throws IllegalStateException if nothing was
   * @throws IOException if the body has another length than the handler said
   */
  RecordedResponse response() throws IOException {
    if (status == UNANSWERED) {
      throw new IllegalStateException(
          "The handler returned without an answer; with an Idempotency-Key it cannot answer later");
    }
    long expected = length == NO_BODY ? 0 : length;
    if (length != ANY_LENGTH && kept.written() != expected) {
      throw new IOException(
          "The body should have %d bytes: %d".formatted(expected, kept.written()));
    }
    List<RecordedResponse.Header> lines = new ArrayList<>();
    headers.forEach(
        (name, values) ->
            values.forEach(value -> lines.add(new RecordedResponse.Header(name, value))));
    return RecordedResponse.of(status, lines, kept.toBytes());
  }

  @Override
  public void sendResponseHeaders(int code, long responseLength) throws IOException {
    if (status != UNANSWERED) {
      throw new IOException("headers already sent");
    }
    status = code;
    length = Math.max(responseLength, NO_BODY);
  }

  @Override
  public int getResponseCode() {
    return status;
  }

  @Override
  public Headers getResponseHeaders() {
    return headers;
  }

  @Override
  public OutputStream getResponseBody() {
    return out;
  }

  @Override
  public InputStream getRequestBody() {
    return in;
  }

  @Override
  public void setStreams(@Nullable InputStream input, @Nullable OutputStream output) {
    if (input != null) {
      in = input;
    }
    if (output != null) {
      out = output;
    }
  }

  /** Ends the answer, as far as the handler is concerned. */
  @Override
  public void close() {}

  @Override
  public @Nullable Object getAttribute(String name) {
    return name.equals(ATTEMPT) ? attempt : exchange.getAttribute(name);
  }

  @Override
  public void setAttribute(String name, @Nullable Object value) {
    exchange.setAttribute(name, value);
  }

  @Override
  public Headers getRequestHeaders() {
    return exchange.getRequestHeaders();
  }

  @Override
  public URI getRequestURI() {
    return exchange.getRequestURI();
  }

  @Override
  public String getRequestMethod() {
    return exchange.getRequestMethod();
  }

  @Override
  public HttpContext getHttpContext() {
    return exchange.getHttpContext();
  }

  @Override
  public InetSocketAddress getRemoteAddress() {
    return exchange.getRemoteAddress();
  }

  @Override
  public InetSocketAddress getLocalAddress() {
    return exchange.getLocalAddress();
  }

  @Override
  public String getProtocol() {
    return exchange.getProtocol();
  }

  @Override
  public @Nullable HttpPrincipal getPrincipal() {
    return exchange.getPrincipal();
  }
}
