package dev.corral.idempotency.httpserver;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.corral.idempotency.Attempt;
import dev.corral.idempotency.http.HttpIdempotency;
import dev.corral.idempotency.http.KeyScope;
import dev.corral.idempotency.http.RecordedResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.function.Function;

/**
 * Lets a handler of the JDK's {@code HttpServer} run once per {@code Idempotency-Key}.
 *
 * <pre>{@code
 * HttpIdempotency once = HttpIdempotency.builder(store).build();
 * HttpContext context = server.createContext("/charges", charge);
 * context.getFilters().add(
 *     new HttpServerIdempotency(once, exchange -> new KeyScope(accountOf(exchange), "charge")));
 * }</pre>
 *
 * <p>The handler gets an exchange whose request body is in memory, and whose response is held back
 * until the handler has returned and the response is stored. It must have answered by then, and
 * have closed the body or the exchange if it did not say the length of the body: one that answers
 * or writes later, on another thread, is answered 500. Thread-safe.
 */
public final class HttpServerIdempotency extends Filter {

  private final HttpIdempotency rules;
  private final Function<HttpExchange, KeyScope> scope;

  /**
   * Creates a filter.
   *
   * @param scope says what a request's key belongs to; what it throws, the server gets, and nothing
   *     is run
   */
  public HttpServerIdempotency(HttpIdempotency rules, Function<HttpExchange, KeyScope> scope) {
    this.rules = Objects.requireNonNull(rules, "rules");
    this.scope = Objects.requireNonNull(scope, "scope");
  }

  /**
   * Returns a handler that does the same as this filter does in front of one. Needed where the
   * context has an {@code Authenticator}: the server asks it after all filters, so that a filter
   * does not know who the client is.
   */
  public HttpHandler around(HttpHandler handler) {
    Objects.requireNonNull(handler, "handler");
    return exchange -> answer(exchange, handler);
  }

  /**
   * Answers the exchange.
   *
   * @throws IllegalStateException if the context has an authenticator: see {@link #around}
   */
  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    if (exchange.getHttpContext().getAuthenticator() != null) {
      throw new IllegalStateException(
          "A context with an Authenticator needs HttpServerIdempotency.around(handler): the server"
              + " asks it after the filters");
    }
    answer(exchange, chain::doFilter);
  }

  private void answer(HttpExchange exchange, HttpHandler handler) throws IOException {
    if (!rules.appliesTo(exchange.getRequestMethod())) {
      handler.handle(exchange);
      return;
    }
    RecordedResponse response = rules.answer(new ExchangeCall(exchange, scope, handler));
    try {
      send(exchange, response);
    } finally {
      exchange.close();
    }
  }

  @Override
  public String description() {
    return "Runs requests once per " + HttpIdempotency.KEY;
  }

  /**
   * Returns the run that a handler is part of: what number it has, whether its reservation still
   * stands, and its outcome for a transaction of the handler's own.
   *
   * @throws IllegalStateException if the exchange is not one that this filter has passed on
   */
  public static Attempt<RecordedResponse> attempt(HttpExchange exchange) {
    if (exchange.getAttribute(HeldExchange.ATTEMPT) instanceof Attempt<?> attempt) {
      @SuppressWarnings("unchecked") // only this package puts it there
      Attempt<RecordedResponse> ours = (Attempt<RecordedResponse>) attempt;
      return ours;
    }
    throw new IllegalStateException("The exchange did not come through HttpServerIdempotency");
  }

  /**
   * Sends a whole response: its headers are added to those that are there, in place of the same,
   * unless they {@linkplain RecordedResponse.Header#addsUp add up}.
   */
  public static void send(HttpExchange exchange, RecordedResponse response) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    response.headers().stream()
        .filter(header -> !header.addsUp())
        .forEach(header -> headers.remove(header.name()));
    response.headers().forEach(header -> headers.add(header.name(), header.value()));
    byte[] body = response.body();
    exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }
}
