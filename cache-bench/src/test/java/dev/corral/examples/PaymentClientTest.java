package dev.corral.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.corral.http.NoAnswerException;
import dev.corral.http.RetryingHttpClient;
import dev.corral.idempotency.InMemoryIdempotencyStore;
import dev.corral.idempotency.http.HttpIdempotency;
import dev.corral.idempotency.http.KeyScope;
import dev.corral.idempotency.httpserver.HttpServerIdempotency;
import dev.corral.micrometer.HttpClientMeters;
import dev.corral.origin.CircuitBreaking;
import dev.corral.origin.Origin;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that retries, at a server that charges once: the example of docs/idempotency.md. */
class PaymentClientTest {

  private final AtomicInteger charged = new AtomicInteger();
  private final AtomicInteger answersToLose = new AtomicInteger();
  private final List<String> toAskAgain = new ArrayList<>();
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final HttpServer server = listen();
  private final HttpServer gateway = listen();

  @BeforeEach
  void startServers() throws IOException {
    HttpContext context = server.createContext("/charges", this::charge);
    HttpIdempotency once = HttpIdempotency.builder(new InMemoryIdempotencyStore()).build();
    context.getFilters().add(new HttpServerIdempotency(once, to -> new KeyScope("acme", "charge")));
    server.start();
    gateway.createContext("/charges", this::loseAnswers);
    gateway.start();
  }

  private static HttpServer listen() {
    try {
      InetAddress here = InetAddress.getLoopbackAddress();
      HttpServer server = HttpServer.create(new InetSocketAddress(here, 0), 0);
      server.setExecutor(Executors.newCachedThreadPool());
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void stopServers() {
    gateway.stop(0);
    server.stop(0);
  }

  private void charge(HttpExchange exchange) throws IOException {
    byte[] receipt = ("receipt " + charged.incrementAndGet()).getBytes(UTF_8);
    exchange.sendResponseHeaders(201, receipt.length);
    exchange.getResponseBody().write(receipt);
    exchange.close();
  }

  /** Lets the request have its effect, and then ends the connection instead of answering. */
  private void loseAnswers(HttpExchange exchange) throws IOException {
    try (exchange) {
      HttpRequest request =
          HttpRequest.newBuilder(uri(server))
              .header("Idempotency-Key", exchange.getRequestHeaders().getFirst("Idempotency-Key"))
              .POST(BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()))
              .build();
      byte[] answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray()).body();
      if (answersToLose.getAndDecrement() <= 0) {
        exchange.sendResponseHeaders(201, answer.length);
        exchange.getResponseBody().write(answer);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static URI uri(HttpServer server) {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/charges");
  }

  private RetryingHttpClient client() {
    Origin service =
        Origin.named("payment-service")
            .retryBudget(0.1, 10)
            .circuitBreaker(CircuitBreaking.defaults())
            .build();
    RetryingHttpClient payments =
        RetryingHttpClient.builder(
                HttpClient.newBuilder().connectTimeout(Duration.ofMillis(500)).build(),
                service,
                Duration.ofSeconds(2)) // for one attempt, its body included
            .deadline(Duration.ofSeconds(10)) // for all of them, with their pauses
            .build();
    new HttpClientMeters(payments, Tags.empty()).bindTo(registry);
    return payments;
  }

  private String pay(RetryingHttpClient payments, String payment, URI uri) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString("{\"amount\": 7}")).build();
    try {
      HttpResponse<String> response = payments.send(request, payment, BodyHandlers.ofString());
      return switch (response.statusCode()) {
        case 201 -> response.body(); // of this attempt, or of one whose answer was lost
        case 422 -> throw new IllegalStateException("Another request had this key");
        default -> throw new IOException("Not yet: " + response.statusCode());
      };
    } catch (NoAnswerException e) {
      toAskAgain.add(payment); // later, and with the same key
      throw e;
    }
  }

  @Test
  void aPaymentWhoseAnswerIsLostIsChargedOnce() throws Exception {
    answersToLose.set(1);

    assertThat(pay(client(), "payment-17", uri(gateway))).isEqualTo("receipt 1");

    assertThat(charged).hasValue(1);
    assertThat(registry.get("corral.http.retries").tag("result", "made").functionCounter().count())
        .isEqualTo(1);
  }

  @Test
  void whatHasNoAnswerIsKeptToBeAskedAgain() {
    assertThatThrownBy(() -> pay(client(), "payment-18", URI.create("http://localhost:1/charges")))
        .isInstanceOf(NoAnswerException.class);

    assertThat(toAskAgain).containsExactly("payment-18");
  }
}
