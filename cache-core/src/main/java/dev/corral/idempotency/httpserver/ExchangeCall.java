package dev.corral.idempotency.httpserver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.corral.idempotency.Attempt;
import dev.corral.idempotency.http.BoundedBody;
import dev.corral.idempotency.http.HttpCall;
import dev.corral.idempotency.http.KeyScope;
import dev.corral.idempotency.http.RecordedResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Function;

/** An exchange of the JDK's server, and the handler that it is for. */
final class ExchangeCall implements HttpCall {

  private final HttpExchange exchange;
  private final Function<HttpExchange, KeyScope> scope;
  private final HttpHandler handler;

  ExchangeCall(HttpExchange exchange, Function<HttpExchange, KeyScope> scope, HttpHandler handler) {
    this.exchange = exchange;
    this.scope = scope;
    this.handler = handler;
  }

  @Override
  public String method() {
    return exchange.getRequestMethod();
  }

  @Override
  public String target() {
    return exchange.getRequestURI().toString();
  }

  @Override
  public List<String> header(String name) {
    List<String> lines = exchange.getRequestHeaders().get(name);
    return lines == null ? List.of() : lines;
  }

  @Override
  public KeyScope scope() {
    return scope.apply(exchange);
  }

  @Override
  public InputStream body() {
    return exchange.getRequestBody();
  }

  @Override
  public RecordedResponse run(
      Attempt<RecordedResponse> attempt, byte[] requestBody, BoundedBody responseBody)
      throws IOException {
    HeldExchange held = new HeldExchange(exchange, attempt, requestBody, responseBody);
    handler.handle(held);
    return held.response();
  }
}
