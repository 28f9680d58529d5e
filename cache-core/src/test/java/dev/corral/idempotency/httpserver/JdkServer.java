package dev.corral.idempotency.httpserver;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.corral.idempotency.Attempt;
import dev.corral.idempotency.http.HttpIdempotency;
import dev.corral.idempotency.http.KeyScope;
import dev.corral.idempotency.http.RecordedResponse;
import dev.corral.idempotency.http.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The JDK's server with its filter in front of a handler. */
public final class JdkServer implements TestServer {

  /** Connections that come at once must not be dropped by the kernel: two hundred do. */
  private static final int BACKLOG = 256;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  private JdkServer(HttpServer server) {
    this.server = server;
  }

  /** Starts one with the filter. */
  public static JdkServer start(HttpIdempotency rules, TestServer.Handler handler)
      throws IOException {
    JdkServer started = bound();
    HttpContext context = started.context(exchange -> handle(exchange, handler));
    context.getFilters().add(Filter.beforeHandler("In front", JdkServer::inFront));
    context.getFilters().add(filter(rules));
    started.run();
    return started;
  }

  private static void inFront(HttpExchange exchange) {
    if (exchange.getRequestHeaders().containsKey("X-In-Front")) {
      IN_FRONT.forEach(exchange.getResponseHeaders()::add);
    }
  }

  static JdkServer bound() throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new JdkServer(HttpServer.create(address, BACKLOG));
  }

  static HttpServerIdempotency filter(HttpIdempotency rules) {
    return new HttpServerIdempotency(
        rules,
        exchange -> {
          String tenant = exchange.getRequestHeaders().getFirst("X-Tenant");
          return new KeyScope(tenant == null ? "nobody" : tenant, "charge");
        });
  }

  HttpContext context(HttpHandler handler) {
    return server.createContext("/charges", handler);
  }

  void run() {
    server.setExecutor(threads);
    server.start();
  }

  private static void handle(HttpExchange exchange, TestServer.Handler handler) throws IOException {
    try {
      handler.handle(
          new TestServer.Exchange() {
            @Override
            public byte[] requestBody() throws IOException {
              return exchange.getRequestBody().readAllBytes();
            }

            @Override
            public Attempt<RecordedResponse> attempt() {
              return HttpServerIdempotency.attempt(exchange);
            }

            @Override
            public void addHeader(String name, String value) {
              exchange.getResponseHeaders().add(name, value);
            }

            @Override
            public void answer(RecordedResponse response) throws IOException {
              HttpServerIdempotency.send(exchange, response);
            }
          });
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  @Override
  public URI charges() {
    InetSocketAddress address = server.getAddress();
    return URI.create("http://%s:%d/charges".formatted(address.getHostString(), address.getPort()));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
