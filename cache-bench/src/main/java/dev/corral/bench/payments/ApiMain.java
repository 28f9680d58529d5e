package dev.corral.bench.payments;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.corral.http.NoAnswerException;
import dev.corral.origin.Rejection;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * The process that customers talk to. It holds nothing: it asks the payment service with the key
 * that the customer's client has made, and passes the answer on.
 */
final class ApiMain {
  static final String PATH = "/payments";
  static final Duration ATTEMPT = Duration.ofMillis(700);
  static final Duration DEADLINE = Duration.ofMillis(1_600);

  private static final List<String> PASSED_ON =
      List.of("Content-Type", "Retry-After", "Idempotency-Replayed");

  private final Sender sender;

  private ApiMain(Sender sender) {
    this.sender = sender;
  }

  public static void main(String[] args) throws IOException {
    var loop = new ServerLoop();
    ServerConfig config = loop.config();
    Sender sender =
        Sender.of(
            config.mode(),
            "payment-service",
            config.next().resolve(ServiceMain.PATH),
            ATTEMPT,
            DEADLINE);
    HttpServer server = ServerLoop.listen(config.port());
    server.createContext(PATH, new ApiMain(sender)::handle);
    loop.serve(server, sender::stats);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      int payment = Integer.parseInt(exchange.getRequestHeaders().getFirst(Sender.PAYMENT));
      String header = exchange.getRequestHeaders().getFirst("Idempotency-Key");
      try {
        // Of UUIDs, in which nothing has to be escaped.
        String key = header == null ? "" : header.replace("\"", "");
        pass(sender.send(payment, key, body), exchange);
      } catch (IOException e) {
        refuse(e, exchange);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void pass(HttpResponse<byte[]> response, HttpExchange exchange)
      throws IOException {
    for (String name : PASSED_ON) {
      response
          .headers()
          .firstValue(name)
          .ifPresent(value -> exchange.getResponseHeaders().set(name, value));
    }
    byte[] body = Objects.requireNonNullElse(response.body(), new byte[0]);
    exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  /** Nobody knows what has happened, unless the breaker kept the request from being sent. */
  private static void refuse(IOException e, HttpExchange exchange) throws IOException {
    boolean rejected = e instanceof NoAnswerException && e.getCause() instanceof Rejection;
    if (rejected) {
      exchange.getResponseHeaders().set("Retry-After", "1");
    }
    exchange.sendResponseHeaders(rejected ? 503 : 504, -1);
  }
}
