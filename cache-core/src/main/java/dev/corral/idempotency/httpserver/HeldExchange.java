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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An exchange whose request has been read, and whose response is held back. As on the wire, what is
 * changed in the headers after they were sent has no effect, and neither has anything that is done
 * after the response was taken. Another thread may still write then.
 */
final class HeldExchange extends HttpExchange {

  static final String ATTEMPT = "dev.corral.idempotency.attempt";

  private static final Logger log = LoggerFactory.getLogger(HeldExchange.class);

  private static final int UNANSWERED = -1;
  private static final long ANY_LENGTH = 0;
  private static final long NO_BODY = -1;

  private final HttpExchange exchange;
  private final Attempt<RecordedResponse> attempt;
  private final HeldBody body;
  private final Headers headers = new ReplacingHeaders();
  private volatile InputStream in;
  private volatile OutputStream out;

  // guarded by this
  private List<RecordedResponse.Header> sent = List.of();
  private int status = UNANSWERED;
  private long length;
  private boolean taken;

  HeldExchange(
      HttpExchange exchange,
      Attempt<RecordedResponse> attempt,
      byte[] requestBody,
      BoundedBody responseBody) {
    this.exchange = exchange;
    this.attempt = attempt;
    body = new HeldBody(responseBody);
    in = new ByteArrayInputStream(requestBody);
    out = body;
  }

  /**
   * Returns what was answered, and takes nothing more.
   *
   * @throws IllegalStateException if nothing was, or if nobody can tell that it is whole
   * @throws IOException if the body has another length than the handler said
   */
  synchronized RecordedResponse response() throws IOException {
    taken = true;
    boolean ended = body.end();
    if (status == UNANSWERED) {
      throw new IllegalStateException(
          "The handler returned without an answer; with an Idempotency-Key it cannot answer later");
    }
    if (length == ANY_LENGTH && !ended) {
      throw new IllegalStateException(
          "The handler returned and closed neither the body, whose length it did not say, nor the"
              + " exchange; with an Idempotency-Key it cannot write later");
    }
    long expected = length == NO_BODY ? 0 : length;
    if (length != ANY_LENGTH && body.written() != expected) {
      throw new IOException(
          "The body should have %d bytes: %d".formatted(expected, body.written()));
    }
    return RecordedResponse.of(status, sent, body.toBytes());
  }

  @Override
  public synchronized void sendResponseHeaders(int code, long responseLength) throws IOException {
    if (taken) {
      throw new IOException("the handler has returned");
    }
    if (status != UNANSWERED) {
      throw new IOException("headers already sent");
    }
    List<RecordedResponse.Header> lines = new ArrayList<>();
    headers.forEach(
        (name, values) ->
            values.forEach(value -> lines.add(RecordedResponse.Header.replacing(name, value))));
    sent = lines;
    status = code;
    length = Math.max(responseLength, NO_BODY);
  }

  @Override
  public synchronized int getResponseCode() {
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

  /** Ends the body: first what a filter has put around it, which may still hold some of it. */
  @Override
  public void close() {
    try {
      out.close();
      body.close();
    } catch (IOException e) {
      log.debug("The body of a response was not ended", e); // and so it is not whole
    }
  }

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
