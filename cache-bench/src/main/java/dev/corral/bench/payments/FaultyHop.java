package dev.corral.bench.payments;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The way between two servers, on which things go wrong: it passes requests on, and breaks what its
 * seed says. What happens to a request depends on its payment and on how many there were before,
 * not on time.
 */
final class FaultyHop implements AutoCloseable {
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "content-length", "host", "http2-settings", "upgrade", "date");
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final int number;
  private final URI next;
  private final long seed;
  private final Duration hang;
  private final HopCounts counts;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<Integer, AtomicInteger> arrivals = new ConcurrentHashMap<>();
  private final HttpServer server;
  private volatile boolean faulty = true;

  /**
   * Begins to listen.
   *
   * @param hang for how long what hangs does so: longer than anybody waits
   */
  FaultyHop(int number, URI next, long seed, Duration hang, HopCounts counts) throws IOException {
    this.number = number;
    this.next = next;
    this.seed = seed;
    this.hang = hang;
    this.counts = counts;
    server = ServerLoop.listen(0);
    server.createContext("/", this::handle);
    server.start();
  }

  URI uri() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  /** From now on everything is passed on. */
  void mend() {
    faulty = false;
  }

  private void handle(HttpExchange exchange) throws IOException {
    // Closing an exchange that was not answered ends its connection.
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      HopFault fault = drawFor(exchange);
      counts.arrived(fault);
      if (fault.isBefore()) {
        happen(fault, exchange);
        return;
      }
      HttpResponse<byte[]> response = pass(exchange, body);
      counts.answered(response);
      if (fault == HopFault.NONE) {
        answer(exchange, response);
      } else {
        happen(fault, exchange);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HopFault drawFor(HttpExchange exchange) {
    int payment = Integer.parseInt(exchange.getRequestHeaders().getFirst(Sender.PAYMENT));
    int arrival = arrivals.computeIfAbsent(payment, first -> new AtomicInteger()).incrementAndGet();
    return faulty ? HopFault.draw(seed, number, payment, arrival) : HopFault.NONE;
  }

  private void happen(HopFault fault, HttpExchange exchange)
      throws IOException, InterruptedException {
    switch (fault) {
      case UNAVAILABLE -> exchange.sendResponseHeaders(503, -1);
      case FAILED_BEFORE, FAILED_AFTER -> exchange.sendResponseHeaders(500, -1);
      case BAD_GATEWAY_AFTER -> exchange.sendResponseHeaders(502, -1);
      case HANGS_BEFORE, HANGS_AFTER -> TimeUnit.NANOSECONDS.sleep(hang.toNanos());
      case CUT_BEFORE, CUT_AFTER, NONE -> {
        // The end of the connection is all there is to it.
      }
    }
  }

  private HttpResponse<byte[]> pass(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(next.resolve(exchange.getRequestURI().getPath()))
            .timeout(PATIENCE)
            .POST(BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static void answer(HttpExchange exchange, HttpResponse<byte[]> response)
      throws IOException {
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
              }
            });
    byte[] body = Objects.requireNonNullElse(response.body(), new byte[0]);
    exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    if (server.getExecutor() instanceof ExecutorService threads) {
      threads.shutdownNow();
    }
  }
}
