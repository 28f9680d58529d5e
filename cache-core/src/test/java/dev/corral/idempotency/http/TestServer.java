package dev.corral.idempotency.http;

import dev.corral.idempotency.Attempt;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** A server with the filter that a test is of, in front of a handler at {@code /charges}. */
public interface TestServer extends AutoCloseable {

  /** The headers that a filter in front has set. */
  Map<String, String> IN_FRONT =
      Map.of(
          "Set-Cookie", "front=1",
          "Vary", "Origin",
          "Link", "</a>; rel=a",
          "WWW-Authenticate", "Bearer",
          "X-Front", "front");

  /** What the handler of a test sees of its request. */
  interface Exchange {

    byte[] requestBody() throws IOException;

    Attempt<RecordedResponse> attempt();

    /** Adds a header to the response, as handlers do, who know no limits. */
    void addHeader(String name, String value);

    /** Answers, in the way of the server. */
    void answer(RecordedResponse response) throws IOException;
  }

  /** A handler, whatever the server. */
  interface Handler {
    void handle(Exchange exchange) throws Exception;
  }

  /**
   * Starts one.
   *
   * <p>The tenant is what the header {@code X-Tenant} says, as a test need not authenticate. Before
   * the filter there is another one, which sets {@link #IN_FRONT} if there is a header {@code
   * X-In-Front}.
   */
  interface Starter {
    TestServer start(HttpIdempotency rules, Handler handler) throws Exception;
  }

  /** Returns the address of the handler. */
  URI charges();

  @Override
  void close();
}
