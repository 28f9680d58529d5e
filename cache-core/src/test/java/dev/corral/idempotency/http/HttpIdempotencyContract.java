package dev.corral.idempotency.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.corral.idempotency.Attempt;
import dev.corral.idempotency.EndAnswer;
import dev.corral.idempotency.InMemoryIdempotencyStore;
import dev.corral.idempotency.ReserveAnswer;
import dev.corral.idempotency.StoredOutcome;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of docs/idempotency.md, over real HTTP: what each server does with its filter. */
@Timeout(60)
public abstract class HttpIdempotencyContract {

  private static final String KEY = "\"8e03978e-40d5-43e8-bc93-6894a57f9324\"";
  private static final Duration LONG = Duration.ofSeconds(30);

  private final HttpClient client = HttpClient.newHttpClient();
  private final ScriptedStore store = new ScriptedStore(new InMemoryIdempotencyStore());
  private final AtomicInteger runs = new AtomicInteger();
  private final List<AutoCloseable> open = new ArrayList<>();

  /** Returns what starts the server under test. */
  protected abstract TestServer.Starter starter();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private URI serve(UnaryOperator<HttpIdempotencyBuilder> options, TestServer.Handler handler)
      throws Exception {
    HttpIdempotency rules = options.apply(HttpIdempotency.builder(store)).build();
    TestServer server =
        starter()
            .start(
                rules,
                exchange -> {
                  runs.incrementAndGet();
                  handler.handle(exchange);
                });
    open.add(server);
    open.add(rules);
    return server.charges();
  }

  private URI serve(TestServer.Handler handler) throws Exception {
    return serve(options -> options, handler);
  }

  private static RecordedResponse response(int status, String body, String... headers) {
    List<RecordedResponse.Header> lines = new ArrayList<>();
    for (int i = 0; i < headers.length; i += 2) {
      lines.add(new RecordedResponse.Header(headers[i], headers[i + 1]));
    }
    return RecordedResponse.of(status, lines, body.getBytes(UTF_8));
  }

  private void answerRun(TestServer.Exchange exchange) throws IOException {
    exchange.answer(response(201, "run " + runs.get()));
  }

  private static HttpRequest.Builder request(URI uri, String key, String body) {
    return HttpRequest.newBuilder(uri)
        .header("Idempotency-Key", key)
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> post(URI uri) throws Exception {
    return send(request(uri, KEY, "7 euro"));
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), UTF_8);
  }

  private static boolean isReplayed(HttpResponse<?> response) {
    return response.headers().allValues("Idempotency-Replayed").equals(List.of("true"));
  }

  private static void assertProblem(HttpResponse<byte[]> response, int status, String name)
      throws IOException {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/problem+json");
    JsonNode problem = new ObjectMapper().readTree(response.body());
    assertThat(problem.get("type").asText()).isEqualTo("urn:corral:idempotency:" + name);
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("title").asText()).isNotBlank();
    assertThat(problem.get("detail").asText()).isNotBlank();
  }

  private static void assertRetryAfter(HttpResponse<?> response, String seconds) {
    assertThat(response.headers().allValues("Retry-After")).containsExactly(seconds);
  }

  @Test
  void aRequestWithoutAKeyIsRefused() throws Exception {
    URI uri = serve(this::answerRun);

    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString("7 euro"));

    assertProblem(send(request), 400, "key-missing");
    assertThat(runs).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"open", "two words", "\"a\";b=1", "\"\"", "\"a\" \"b\"", "a, b"})
  void aMalformedKeyIsRefused(String key) throws Exception {
    URI uri = serve(this::answerRun);

    assertProblem(send(request(uri, key, "7 euro")), 400, "key-malformed");
    assertThat(runs).hasValue(0);
  }

  /** A client that still sends when it is answered sees a reset in place of the answer. */
  @Test
  void theBodyOfARequestThatIsRefusedForItsKeyIsReadAllTheSame() throws Exception {
    URI uri = serve(this::answerRun);
    String body = "1".repeat(6 << 20);
    HttpRequest.Builder without =
        HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(body));

    assertProblem(send(without), 400, "key-missing");
    assertProblem(send(request(uri, "two words", body)), 400, "key-malformed");
    assertThat(runs).hasValue(0);
  }

  @Test
  void twoKeysAreRefused() throws Exception {
    URI uri = serve(this::answerRun);

    HttpRequest.Builder two = request(uri, "one", "7 euro").header("Idempotency-Key", "two");

    assertProblem(send(two), 400, "key-malformed");
    assertThat(runs).hasValue(0);
  }

  @Test
  void otherMethodsPassThrough() throws Exception {
    URI uri = serve(exchange -> exchange.answer(response(200, "run " + runs.get())));

    assertThat(text(send(HttpRequest.newBuilder(uri).GET()))).isEqualTo("run 1");
    assertThat(text(send(HttpRequest.newBuilder(uri).header("Idempotency-Key", KEY).GET())))
        .isEqualTo("run 2");
  }

  @Test
  void theMethodsAreTheUsersChoice() throws Exception {
    URI uri = serve(options -> options.methods("PUT"), this::answerRun);
    HttpRequest.Builder put =
        HttpRequest.newBuilder(uri).PUT(HttpRequest.BodyPublishers.ofString("7 euro"));

    assertProblem(send(put), 400, "key-missing");
    assertThat(text(post(uri))).isEqualTo("run 1");
    assertThat(text(post(uri))).isEqualTo("run 2");
  }

  @Test
  void theFirstResponseIsReplayedByteForByte() throws Exception {
    byte[] body = new byte[70_000];
    new Random(7).nextBytes(body);
    List<RecordedResponse.Header> headers =
        List.of(
            new RecordedResponse.Header("Content-Type", "image/png"),
            new RecordedResponse.Header("Location", "/charges/17"),
            new RecordedResponse.Header("X-Twice", "one"),
            new RecordedResponse.Header("X-Twice", "two"),
            new RecordedResponse.Header("Set-Cookie", "session=secret"),
            new RecordedResponse.Header("X-Trace", "42"),
            new RecordedResponse.Header("Idempotency-Replayed", "of another"));
    URI uri =
        serve(
            options -> options.unreplayedHeaders("X-Trace"),
            exchange -> exchange.answer(RecordedResponse.of(201, headers, body)));

    HttpResponse<byte[]> first = post(uri);
    HttpResponse<byte[]> second = post(uri);

    for (HttpResponse<byte[]> each : List.of(first, second)) {
      assertThat(each.statusCode()).isEqualTo(201);
      assertThat(each.body()).isEqualTo(body);
      assertThat(each.headers().allValues("Content-Type")).containsExactly("image/png");
      assertThat(each.headers().allValues("Location")).containsExactly("/charges/17");
      assertThat(each.headers().allValues("X-Twice")).containsExactly("one", "two");
    }
    assertThat(first.headers().allValues("Idempotency-Replayed")).isEmpty();
    assertThat(first.headers().allValues("Set-Cookie")).containsExactly("session=secret");
    assertThat(first.headers().allValues("X-Trace")).containsExactly("42");
    assertThat(isReplayed(second)).isTrue();
    assertThat(second.headers().allValues("Set-Cookie")).isEmpty();
    assertThat(second.headers().allValues("X-Trace")).isEmpty();
    assertThat(runs).hasValue(1);
  }

  @Test
  void aResponseWithoutABodyIsReplayed() throws Exception {
    URI uri = serve(exchange -> exchange.answer(response(204, "")));

    assertThat(post(uri).statusCode()).isEqualTo(204);
    HttpResponse<byte[]> second = post(uri);
    assertThat(second.statusCode()).isEqualTo(204);
    assertThat(second.body()).isEmpty();
    assertThat(isReplayed(second)).isTrue();
    assertThat(runs).hasValue(1);
  }

  @Test
  void theHandlerReadsTheBodyAndKnowsItsRun() throws Exception {
    URI uri =
        serve(
            exchange -> {
              Attempt<RecordedResponse> attempt = exchange.attempt();
              attempt.confirm();
              exchange.answer(
                  response(
                      200,
                      "%s: %s, attempt %d"
                          .formatted(
                              attempt.key(),
                              new String(exchange.requestBody(), UTF_8),
                              attempt.number())));
            });

    assertThat(text(send(request(uri, "k", "7 €").header("X-Tenant", "acme"))))
        .isEqualTo("acme/charge/k: 7 €, attempt 1");
  }

  @Test
  void aKeyIsTheSameWithAndWithoutQuotes() throws Exception {
    URI uri = serve(this::answerRun);

    send(request(uri, "urn:uuid:8e03978e", "7 euro"));

    assertThat(text(send(request(uri, "\"urn:uuid:8e03978e\"", "7 euro")))).isEqualTo("run 1");
  }

  @Test
  void tenantsDoNotMeet() throws Exception {
    URI uri = serve(this::answerRun);

    send(request(uri, KEY, "7 euro").header("X-Tenant", "acme"));

    assertThat(text(send(request(uri, KEY, "8 euro").header("X-Tenant", "other"))))
        .isEqualTo("run 2");
  }

  @Test
  void anotherBodyPathQueryOrMethodIsAnotherRequest() throws Exception {
    URI uri = serve(this::answerRun);
    post(uri);

    assertProblem(send(request(uri, KEY, "8 euro")), 422, "key-reused");
    assertProblem(send(request(URI.create(uri + "?now=true"), KEY, "7 euro")), 422, "key-reused");
    assertProblem(send(request(URI.create(uri + "/1"), KEY, "7 euro")), 422, "key-reused");
    HttpRequest.Builder patch =
        request(uri, KEY, "").method("PATCH", HttpRequest.BodyPublishers.ofString("7 euro"));
    assertProblem(send(patch), 422, "key-reused");
    assertThat(runs).hasValue(1);
    assertThat(text(post(uri))).isEqualTo("run 1");
  }

  @Test
  void whoComesWhileItRunsIsToldWhenToComeAgain() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    URI uri =
        serve(
            options -> options.options(it -> it.waitLimit(Duration.ZERO)),
            exchange -> {
              begun.countDown();
              go.await();
              answerRun(exchange);
            });
    CompletableFuture<HttpResponse<byte[]>> first =
        client.sendAsync(
            request(uri, KEY, "7 euro").build(), HttpResponse.BodyHandlers.ofByteArray());
    begun.await();

    HttpResponse<byte[]> second = post(uri);
    go.countDown();

    assertProblem(second, 409, "in-progress");
    assertRetryAfter(second, "2");
    assertThat(text(first.get())).isEqualTo("run 1");
    assertThat(text(post(uri))).isEqualTo("run 1");
  }

  @Test
  void aTimeToWaitIsRoundedUpToWholeSeconds() throws Exception {
    URI uri =
        serve(
            options ->
                options
                    .retryAfter(Duration.ofSeconds(3))
                    .options(it -> it.waitLimit(Duration.ZERO)),
            this::answerRun);

    for (int[] pair : new int[][] {{0, 1}, {1, 1}, {1000, 1}, {1001, 2}, {2999, 3}, {9000, 3}}) {
      store.nextReserve(new ReserveAnswer.InProgress(Duration.ofMillis(pair[0])));
      assertRetryAfter(post(uri), String.valueOf(pair[1]));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 202, 400, 402, 404, 409, 422, 500, 501, 502, 504})
  void aFinalStatusIsReplayed(int status) throws Exception {
    URI uri = serve(exchange -> exchange.answer(response(status, "run " + runs.get())));

    assertThat(post(uri).statusCode()).isEqualTo(status);
    HttpResponse<byte[]> second = post(uri);

    assertThat(second.statusCode()).isEqualTo(status);
    assertThat(text(second)).isEqualTo("run 1");
    assertThat(isReplayed(second)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 503})
  void aStatusThatSaysThatNothingHasHappenedFreesTheKey(int status) throws Exception {
    URI uri =
        serve(
            exchange ->
                exchange.answer(
                    runs.get() == 1
                        ? response(status, "busy", "Retry-After", "3")
                        : response(201, "done")));

    HttpResponse<byte[]> first = post(uri);

    assertThat(first.statusCode()).isEqualTo(status);
    assertThat(text(first)).isEqualTo("busy");
    assertRetryAfter(first, "3");
    assertThat(isReplayed(first)).isFalse();
    assertThat(text(post(uri))).isEqualTo("done");
    assertThat(text(post(uri))).isEqualTo("done");
    assertThat(runs).hasValue(2);
  }

  @Test
  void whichStatusesFreeTheKeyIsTheUsersChoice() throws Exception {
    URI uri =
        serve(
            options -> options.releaseOn(status -> status == 500),
            exchange ->
                exchange.answer(response(runs.get() == 1 ? 500 : 503, "run " + runs.get())));

    assertThat(text(post(uri))).isEqualTo("run 1");
    assertThat(text(post(uri))).isEqualTo("run 2");
    HttpResponse<byte[]> third = post(uri);

    assertThat(third.statusCode()).isEqualTo(503);
    assertThat(text(third)).isEqualTo("run 2");
    assertThat(isReplayed(third)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 503})
  void theFramingIsThatOfTheServer(int status) throws Exception {
    URI uri =
        serve(
            exchange ->
                exchange.answer(
                    response(
                        status,
                        "done",
                        "Transfer-Encoding",
                        "gzip",
                        "Content-Length",
                        "3",
                        "Trailer",
                        "X-Sum",
                        "TE",
                        "trailers",
                        "Keep-Alive",
                        "timeout=77",
                        "Upgrade",
                        "h2c",
                        "Set-Cookie",
                        "session=secret")));

    HttpResponse<byte[]> first = post(uri);

    assertThat(first.statusCode()).isEqualTo(status);
    assertThat(text(first)).isEqualTo("done");
    for (String name : List.of("Transfer-Encoding", "Trailer", "TE", "Upgrade")) {
      assertThat(first.headers().allValues(name)).isEmpty();
    }
    assertThat(first.headers().allValues("Content-Length")).containsExactly("4");
    assertThat(first.headers().allValues("Keep-Alive")).doesNotContain("timeout=77");
    assertThat(first.headers().allValues("Set-Cookie")).containsExactly("session=secret");
  }

  @Test
  void whatFiltersInFrontHaveSetOfHeadersThatAddUpStays() throws Exception {
    URI uri =
        serve(
            exchange ->
                exchange.answer(
                    response(
                        201,
                        "done",
                        "set-cookie",
                        "a=1",
                        "Vary",
                        "Accept",
                        "LINK",
                        "</b>; rel=b",
                        "WWW-Authenticate",
                        "Basic",
                        "X-Front",
                        "handler")));

    HttpResponse<byte[]> first = send(request(uri, KEY, "7 euro").header("X-In-Front", "1"));
    HttpResponse<byte[]> second = send(request(uri, KEY, "7 euro").header("X-In-Front", "1"));

    assertThat(first.headers().allValues("Set-Cookie")).containsExactly("front=1", "a=1");
    assertThat(second.headers().allValues("Set-Cookie")).containsExactly("front=1");
    for (HttpResponse<byte[]> each : List.of(first, second)) {
      assertThat(each.headers().allValues("Vary")).containsExactly("Origin", "Accept");
      assertThat(each.headers().allValues("Link")).containsExactly("</a>; rel=a", "</b>; rel=b");
      assertThat(each.headers().allValues("WWW-Authenticate")).containsExactly("Bearer", "Basic");
      assertThat(each.headers().allValues("X-Front")).containsExactly("handler");
    }
  }

  @Test
  void aHandlerThatThrowsIsNotRunAgain() throws Exception {
    URI uri =
        serve(
            exchange -> {
              throw new IllegalStateException("secret");
            });

    HttpResponse<byte[]> first = post(uri);
    HttpResponse<byte[]> second = post(uri);

    assertProblem(first, 500, "failed");
    assertProblem(second, 500, "failed");
    assertThat(text(first)).doesNotContain("secret").doesNotContain("IllegalState");
    assertThat(isReplayed(first)).isFalse();
    assertThat(isReplayed(second)).isTrue();
    assertThat(runs).hasValue(1);
  }

  @Test
  void aHandlerThatThrowsWhatWasDeclaredIsRunAgain() throws Exception {
    URI uri =
        serve(
            options -> options.options(it -> it.retryOn(IllegalStateException.class)),
            exchange -> {
              if (runs.get() == 1) {
                throw new IllegalStateException("busy");
              }
              answerRun(exchange);
            });

    HttpResponse<byte[]> first = post(uri);

    assertProblem(first, 503, "not-done");
    assertRetryAfter(first, "2");
    assertThat(text(post(uri))).isEqualTo("run 2");
  }

  @Test
  void aStoreThatIsAwayRunsNothing() throws Exception {
    URI uri = serve(this::answerRun);
    store.goAway(true);

    HttpResponse<byte[]> first = post(uri);
    store.goAway(false);

    assertProblem(first, 503, "store-away");
    assertRetryAfter(first, "2");
    assertThat(runs).hasValue(0);
  }

  @Test
  void whatTheStoreDoesNotTakeTheClientGetsAllTheSame() throws Exception {
    URI uri =
        serve(
            exchange -> {
              store.goAway(true);
              answerRun(exchange);
            });

    assertThat(text(post(uri))).isEqualTo("run 1");
  }

  @Test
  void anUnknownOutcomeIsAFaultOfTheServer() throws Exception {
    URI uri = serve(this::answerRun);
    store.nextReserve(new ReserveAnswer.Abandoned());

    HttpResponse<byte[]> response = post(uri);

    assertProblem(response, 500, "outcome-unknown");
    assertThat(response.headers().allValues("Retry-After")).isEmpty();
    assertThat(runs).hasValue(0);
  }

  @Test
  void whoLostTheReservationIsToldToAskForTheTruth() throws Exception {
    URI uri = serve(this::answerRun);
    store.nextComplete(new EndAnswer.Lost());

    HttpResponse<byte[]> response = post(uri);

    assertProblem(response, 409, "reservation-lost");
    assertRetryAfter(response, "2");
  }

  @Test
  void bytesThatAreNoResponseAreNotRunAgain() throws Exception {
    URI uri = serve(this::answerRun);
    store.nextReserve(new ReserveAnswer.Done(new StoredOutcome(new byte[] {1, 2, 3}), LONG));

    HttpResponse<byte[]> response = post(uri);

    assertProblem(response, 500, "response-not-kept");
    assertThat(isReplayed(response)).isTrue();
    assertThat(runs).hasValue(0);
  }

  @Test
  void aRequestThatIsTooLargeIsNotRun() throws Exception {
    URI uri = serve(options -> options.maximumRequestBytes(10), this::answerRun);

    assertProblem(send(request(uri, KEY, "12345678901")), 413, "request-too-large");
    assertProblem(send(request(uri, KEY, "1".repeat(500_000))), 413, "request-too-large");
    assertThat(runs).hasValue(0);
    assertThat(send(request(uri, KEY, "1234567890")).statusCode()).isEqualTo(201);
  }

  @Test
  void aResponseThatIsTooLargeIsToldOfAndNotRunAgain() throws Exception {
    URI uri =
        serve(
            options -> options.maximumResponseBytes(5),
            exchange -> exchange.answer(response(200, "123456")));

    HttpResponse<byte[]> first = post(uri);
    HttpResponse<byte[]> second = post(uri);

    assertProblem(first, 500, "response-not-kept");
    assertProblem(second, 500, "response-not-kept");
    assertThat(isReplayed(second)).isTrue();
    assertThat(runs).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"7 – 8", "7 \u0001 8"})
  void whatAHeaderCannotHoldIsReplacedAndNotAFailureAfterTheEffect(String value) throws Exception {
    URI uri =
        serve(
            exchange -> {
              exchange.addHeader("X-Range", value);
              exchange.addHeader("X-City", "Köln");
              answerRun(exchange);
            });

    for (HttpResponse<byte[]> each : List.of(post(uri), post(uri))) {
      assertThat(each.statusCode()).isEqualTo(201);
      assertThat(text(each)).isEqualTo("run 1");
      assertThat(each.headers().allValues("X-Range")).containsExactly("7 ? 8");
      assertThat(each.headers().allValues("X-City")).hasSize(1);
    }
    assertThat(runs).hasValue(1);
  }

  @ParameterizedTest
  @CsvSource({"257, 1", "2, 33000"})
  void aHeadThatIsTooLargeIsToldOfAndNotRunAgain(int headers, int characters) throws Exception {
    URI uri =
        serve(
            exchange -> {
              for (int i = 0; i < headers; i++) {
                exchange.addHeader("X-Head-" + i, "1".repeat(characters));
              }
              answerRun(exchange);
            });

    HttpResponse<byte[]> first = post(uri);
    HttpResponse<byte[]> second = post(uri);

    assertProblem(first, 500, "response-not-kept");
    assertProblem(second, 500, "response-not-kept");
    assertThat(isReplayed(second)).isTrue();
    assertThat(runs).hasValue(1);
  }

  @Test
  void aHeadThatIsTooLargeFreesTheKeyIfItsStatusSaysThatNothingHasHappened() throws Exception {
    URI uri =
        serve(
            exchange -> {
              for (int i = 0; i < (runs.get() == 1 ? 257 : 1); i++) {
                exchange.addHeader("X-Head-" + i, "1");
              }
              exchange.answer(response(runs.get() == 1 ? 503 : 201, "run " + runs.get()));
            });

    assertProblem(post(uri), 503, "not-done");
    assertThat(text(post(uri))).isEqualTo("run 2");
  }

  @Test
  void theLargestResponseIsKept() throws Exception {
    String body = "x".repeat(1 << 20);
    URI uri = serve(exchange -> exchange.answer(response(200, body)));

    post(uri);

    assertThat(text(post(uri))).isEqualTo(body);
    assertThat(runs).hasValue(1);
  }

  @Test
  void ofAHundredAtOnceOneRunsAndAllGetTheSame() throws Exception {
    URI uri =
        serve(
            options -> options.options(it -> it.waitLimit(LONG)),
            exchange -> exchange.answer(response(201, "run " + runs.get(), "X-Id", "17")));

    List<CompletableFuture<HttpResponse<byte[]>>> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      all.add(
          client.sendAsync(
              request(uri, KEY, "7 euro").build(), HttpResponse.BodyHandlers.ofByteArray()));
    }

    int replayed = 0;
    for (CompletableFuture<HttpResponse<byte[]>> each : all) {
      HttpResponse<byte[]> response = each.get();
      assertThat(response.statusCode()).isEqualTo(201);
      assertThat(text(response)).isEqualTo("run 1");
      assertThat(response.headers().allValues("X-Id")).containsExactly("17");
      replayed += isReplayed(response) ? 1 : 0;
    }
    assertThat(replayed).isEqualTo(99);
    assertThat(runs).hasValue(1);
  }

  @Test
  void whatAClientThatHasGoneAskedForIsStillRecorded() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch gone = new CountDownLatch(1);
    URI uri =
        serve(
            options -> options.options(it -> it.waitLimit(LONG)),
            exchange -> {
              begun.countDown();
              gone.await();
              exchange.answer(response(201, "run 1 " + "x".repeat(500_000)));
            });
    String head =
        "POST %s HTTP/1.1\r\nHost: localhost\r\nIdempotency-Key: %s\r\nContent-Length: 6\r\n\r\n"
            .formatted(uri.getPath(), KEY);
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoLinger(true, 0); // gone with a reset, as when the client's machine dies
      socket.getOutputStream().write((head + "7 euro").getBytes(ISO_8859_1));
      begun.await();
    }
    gone.countDown();

    HttpResponse<byte[]> again = post(uri);

    assertThat(text(again)).startsWith("run 1 ");
    assertThat(isReplayed(again)).isTrue();
    assertThat(runs).hasValue(1);
  }
}
