package dev.corral.idempotency.httpserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.corral.codec.CodecException;
import dev.corral.idempotency.Attempt;
import dev.corral.idempotency.InMemoryIdempotencyStore;
import dev.corral.idempotency.http.HttpIdempotency;
import dev.corral.idempotency.http.KeyScope;
import dev.corral.idempotency.http.RecordedResponse;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a handler of the JDK's server can do with an exchange that is held back. */
@Timeout(60)
class HeldExchangeTest {

  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpIdempotency rules =
      HttpIdempotency.builder(new InMemoryIdempotencyStore()).build();
  private final AtomicInteger runs = new AtomicInteger();
  private final JdkServer server;

  HeldExchangeTest() throws IOException {
    server = JdkServer.bound();
  }

  @AfterEach
  void close() {
    server.close();
    rules.close();
  }

  private void serve(HttpHandler handler) {
    HttpHandler counted =
        exchange -> {
          runs.incrementAndGet();
          handler.handle(exchange);
        };
    server.context(counted).getFilters().add(JdkServer.filter(rules));
    server.run();
  }

  private HttpResponse<String> post(String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.charges())
            .header("Idempotency-Key", "1")
            .POST(HttpRequest.BodyPublishers.ofString("7 euro"));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
  }

  @Test
  void aBodyOfUnknownLengthIsWhole() throws Exception {
    serve(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write("one ".getBytes(UTF_8));
          exchange.getResponseBody().write('2');
          exchange.close();
        });

    assertThat(post().body()).isEqualTo("one 2");
    assertThat(post().body()).isEqualTo("one 2");
    assertThat(runs).hasValue(1);
  }

  @Test
  void aBodyThatIsShorterThanItWasSaidToBeIsAFailure() throws Exception {
    serve(
        exchange -> {
          exchange.sendResponseHeaders(200, 3);
          exchange.getResponseBody().write('1');
        });

    assertThat(post().statusCode()).isEqualTo(500);
    assertThat(post().headers().firstValue("Idempotency-Replayed")).contains("true");
    assertThat(runs).hasValue(1);
  }

  @Test
  void aBodyOfUnknownLengthThatNobodyHasEndedIsAFailure() throws Exception {
    CompletableFuture<OutputStream> later = new CompletableFuture<>();
    serve(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write("one ".getBytes(UTF_8));
          later.complete(exchange.getResponseBody());
        });

    HttpResponse<String> first = post();

    assertThat(first.statusCode()).isEqualTo(500);
    assertThat(first.body()).contains("urn:corral:idempotency:failed");
    assertThatIOException().isThrownBy(() -> later.join().write('2'));
    assertThat(post().statusCode()).isEqualTo(500);
    assertThat(runs).hasValue(1);
  }

  @Test
  void aBodyOfUnknownLengthIsEndedByItsOwnClose() throws Exception {
    serve(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write("one".getBytes(UTF_8));
          }
          assertThatIOException().isThrownBy(() -> exchange.getResponseBody().write('2'));
        });

    assertThat(post().body()).isEqualTo("one");
    assertThat(post().body()).isEqualTo("one");
  }

  @Test
  void theCloseOfAnExchangeEndsTheStreamThatAFilterHasPutAroundTheBody() throws Exception {
    serve(
        exchange -> {
          exchange.setStreams(null, new BufferedOutputStream(exchange.getResponseBody()));
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write("one".getBytes(UTF_8));
          exchange.close();
        });

    assertThat(post().body()).isEqualTo("one");
    assertThat(runs).hasValue(1);
  }

  @Test
  void aStreamThatCannotBeEndedHasNoWholeBody() throws Exception {
    serve(
        exchange -> {
          exchange.setStreams(
              null,
              new FilterOutputStream(exchange.getResponseBody()) {
                @Override
                public void close() throws IOException {
                  throw new IOException("no trailer");
                }
              });
          exchange.sendResponseHeaders(200, 0);
          exchange.close();
        });

    assertThat(post().statusCode()).isEqualTo(500);
    assertThat(runs).hasValue(1);
  }

  @Test
  void whoHoldsTheExchangeAfterItsHandlerHasReturnedChangesNothing() throws Exception {
    CompletableFuture<HttpExchange> later = new CompletableFuture<>();
    serve(
        exchange -> {
          exchange.getResponseHeaders().set("X-Early", "1");
          exchange.sendResponseHeaders(201, 2);
          exchange.getResponseHeaders().set("X-Early", "2"); // the head has been sent
          exchange.getResponseBody().write("ok".getBytes(UTF_8));
          later.complete(exchange);
        });

    assertThat(post().headers().allValues("X-Early")).containsExactly("1");
    assertThatIOException().isThrownBy(() -> later.join().getResponseBody().write('!'));
    assertThatIOException().isThrownBy(() -> later.join().sendResponseHeaders(500, -1));
    later.join().close();
    assertThat(post().body()).isEqualTo("ok");
  }

  @Test
  void whoAnswersAfterTheHandlerHasReturnedIsTold() throws Exception {
    CompletableFuture<HttpExchange> later = new CompletableFuture<>();
    serve(later::complete);

    assertThat(post().statusCode()).isEqualTo(500);
    assertThatIOException().isThrownBy(() -> later.join().sendResponseHeaders(200, -1));
  }

  @Test
  void aHandlerThatDoesNotAnswerIsAFailureThatIsToldAtOnce() throws Exception {
    serve(exchange -> {});

    assertThat(post().statusCode()).isEqualTo(500);
    assertThat(post().statusCode()).isEqualTo(500);
    assertThat(runs).hasValue(1);
  }

  @Test
  void theHandlerSeesTheRequestAsItIs() throws Exception {
    serve(
        exchange -> {
          assertThat(exchange.getRequestMethod()).isEqualTo("POST");
          assertThat(exchange.getRequestURI().getPath()).isEqualTo("/charges");
          assertThat(exchange.getRequestHeaders().getFirst("Idempotency-Key")).isEqualTo("1");
          assertThat(exchange.getRequestBody().readAllBytes()).hasSize(6);
          assertThat(exchange.getHttpContext().getPath()).isEqualTo("/charges");
          assertThat(exchange.getRemoteAddress()).isNotNull();
          assertThat(exchange.getLocalAddress()).isNotNull();
          assertThat(exchange.getProtocol()).isEqualTo("HTTP/1.1");
          assertThat(exchange.getPrincipal()).isNull();
          exchange.setAttribute("a", 1);
          assertThat(exchange.getAttribute("a")).isEqualTo(1);
          assertThat(exchange.getResponseCode()).isEqualTo(-1);
          exchange.sendResponseHeaders(204, -1);
          assertThat(exchange.getResponseCode()).isEqualTo(204);
        });

    assertThat(post().statusCode()).isEqualTo(204);
  }

  @Test
  void aResponseInTheHandlersOwnTransactionHasTheSameBytesAsTheOneThatIsSent() throws Exception {
    serve(
        exchange -> {
          Attempt<RecordedResponse> attempt = HttpServerIdempotency.attempt(exchange);
          RecordedResponse receipt =
              RecordedResponse.of(
                  201,
                  List.of(
                      new RecordedResponse.Header("X-Z", "1"),
                      new RecordedResponse.Header("content-type", "text/plain"),
                      new RecordedResponse.Header("A", "1")),
                  "ok".getBytes(UTF_8));
          HeldExchange held = (HeldExchange) exchange;
          HttpServerIdempotency.send(held, receipt);
          if (!attempt
              .outcome(held.response())
              .outcome()
              .equals(attempt.outcome(receipt).outcome())) {
            throw new CodecException("they differ");
          }
        });

    assertThat(post().statusCode()).isEqualTo(201);
  }

  @Test
  void anExchangeFromElsewhereHasNoRun() throws Exception {
    server.context(
        exchange -> {
          assertThatIllegalStateException()
              .isThrownBy(() -> HttpServerIdempotency.attempt(exchange));
          exchange.sendResponseHeaders(204, -1);
        });
    server.run();

    assertThat(post().statusCode()).isEqualTo(204);
  }

  private static final BasicAuthenticator ANYBODY =
      new BasicAuthenticator("corral") {
        @Override
        public boolean checkCredentials(String user, String password) {
          return true;
        }
      };

  @Test
  void whoTheAuthenticatorKnowsIsATenantAroundTheHandler() throws Exception {
    HttpServerIdempotency filter =
        new HttpServerIdempotency(
            rules, exchange -> new KeyScope(exchange.getPrincipal().getUsername(), "charge"));
    HttpHandler handler =
        exchange -> {
          byte[] body = ("run " + runs.incrementAndGet()).getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
        };
    server.context(filter.around(handler)).setAuthenticator(ANYBODY);
    server.run();

    assertThat(post("Authorization", basic("ann")).body()).isEqualTo("run 1");
    assertThat(post("Authorization", basic("bob")).body()).isEqualTo("run 2");
    assertThat(post("Authorization", basic("ann")).body()).isEqualTo("run 1");
    assertThat(post().statusCode()).isEqualTo(401);
  }

  private static String basic(String user) {
    return "Basic " + Base64.getEncoder().encodeToString((user + ":x").getBytes(UTF_8));
  }

  @Test
  void aFilterBeforeAnAuthenticatorRunsNothing() throws Exception {
    HttpContext context = server.context(exchange -> runs.incrementAndGet());
    context.setAuthenticator(ANYBODY);
    context.getFilters().add(JdkServer.filter(rules));
    server.run();

    assertThatIOException().isThrownBy(() -> post("Authorization", basic("ann")));
    assertThat(runs).hasValue(0);
  }
}
