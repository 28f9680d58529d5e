package dev.corral.http;

import static dev.corral.http.FaultyServer.cut;
import static dev.corral.http.FaultyServer.cutInBody;
import static dev.corral.http.FaultyServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.corral.origin.BreakerState;
import dev.corral.origin.CircuitBreaking;
import dev.corral.origin.Limit;
import dev.corral.origin.Origin;
import dev.corral.origin.OriginBuilder;
import dev.corral.origin.Rejection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client at a real server that fails as it is told; time passes by hand. */
@Timeout(
    value = 60,
    threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // some loops take no interrupt
class RetryingHttpClientTest {

  private static final Duration ATTEMPT = Duration.ofSeconds(2);

  private final HttpClient http = HttpClient.newBuilder().build();
  private final HandTime time = new HandTime();

  private static OriginBuilder origin() {
    return Origin.named("payments");
  }

  private RetryingHttpClientBuilder options(Origin origin) {
    return RetryingHttpClient.builder(http, origin, ATTEMPT)
        .deadline(Duration.ofMinutes(1))
        .time(time, time, time)
        .random(() -> 0.5);
  }

  private RetryingHttpClient client() {
    return options(origin().build()).build();
  }

  private static HttpRequest.Builder to(FaultyServer server) {
    return HttpRequest.newBuilder(server.uri());
  }

  private static HttpRequest post(FaultyServer server) {
    return to(server).POST(BodyPublishers.ofString("pay 7")).build();
  }

  private static HttpRequest get(FaultyServer server) {
    return to(server).GET().build();
  }

  @ParameterizedTest
  @EnumSource
  void eachAttemptCarriesTheSameKeyAndTheSameBytes(Way way) throws Exception {
    try (FaultyServer server = new FaultyServer(status(503), cut(), cutInBody(201))) {
      RetryingHttpClient client = options(origin().build()).maxAttempts(4).build();

      HttpResponse<String> response = way.send(client, post(server));

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).isEqualTo("200");
      assertThat(server.seen()).hasSize(4).containsOnly(server.seen().get(0));
      assertThat(server.seen().get(0).body()).isEqualTo("pay 7");
      assertThat(server.seen().get(0).keys())
          .singleElement()
          .asString()
          .matches("\"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\"");
      assertThat(response.request().headers().allValues("Idempotency-Key"))
          .isEqualTo(server.seen().get(0).keys());
      assertThat(client.stats()).isEqualTo(new HttpClientStats(0, 1, 4, 3, 0, 0, 0, 0));
      assertThat(client.stats().amplification()).isEqualTo(4);
    }
  }

  @Test
  void twoRequestsHaveTwoKeys() throws Exception {
    try (FaultyServer server = new FaultyServer()) {
      RetryingHttpClient client = client();

      client.send(post(server), BodyHandlers.discarding());
      client.send(post(server), BodyHandlers.discarding());

      assertThat(server.seen().get(0).keys()).isNotEqualTo(server.seen().get(1).keys());
      assertThat(client.stats().amplification()).isOne();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE"})
  void whatIsIdempotentByItsMethodNeedsNoKey(String method) throws Exception {
    try (FaultyServer server = new FaultyServer(status(503))) {
      HttpRequest request = to(server).method(method, BodyPublishers.noBody()).build();

      assertThat(client().send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);

      assertThat(server.seen()).hasSize(2).allMatch(seen -> seen.keys().isEmpty());
    }
  }

  @Test
  void theKeyOfTheCallerIsTaken() throws Exception {
    try (FaultyServer server = new FaultyServer(status(503))) {
      RetryingHttpClient client = client();

      client.send(post(server), "invoice-17", BodyHandlers.discarding());
      client.sendAsync(post(server), "invoice-18", BodyHandlers.discarding()).join();
      client.send(
          to(server).POST(BodyPublishers.noBody()).header("Idempotency-Key", "bare").build(),
          BodyHandlers.discarding());

      assertThat(server.seen())
          .extracting(seen -> seen.keys().get(0))
          .containsExactly("\"invoice-17\"", "\"invoice-17\"", "\"invoice-18\"", "bare");
      assertThatThrownBy(
              () ->
                  client.send(
                      to(server).GET().header("Idempotency-Key", "a").build(),
                      "b",
                      BodyHandlers.discarding()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("The request has a key already: Idempotency-Key");
    }
  }

  @Test
  void whatIsToBeSentOnceIsSentOnceAndWithoutAKey() throws Exception {
    try (FaultyServer server = new FaultyServer(status(503), cut(), status(503))) {
      RetryingHttpClient client = client();

      assertThat(client.sendOnce(post(server), BodyHandlers.ofString()).body()).isEqualTo("503");
      NoAnswerException failure =
          catchThrowableOfType(
              NoAnswerException.class,
              () -> client.sendOnce(post(server), BodyHandlers.discarding()));
      assertThat(client.sendOnceAsync(get(server), BodyHandlers.ofString()).join().body())
          .isEqualTo("503");

      assertThat(failure.reason()).isEqualTo(GaveUp.NOT_REPEATABLE);
      assertThat(failure.attempts()).isOne();
      assertThat(failure.key()).isEmpty();
      assertThat(failure)
          .hasMessage(
              "No answer from POST http://localhost:%d/charges after 1 attempts: NOT_REPEATABLE"
                  .formatted(server.uri().getPort()));
      assertThat(server.seen()).hasSize(3).allMatch(seen -> seen.keys().isEmpty());
      assertThat(client.stats()).isEqualTo(new HttpClientStats(0, 3, 3, 0, 0, 0, 0, 3));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 409, 422, 425, 501})
  void anAnswerThatIsFinalIsReturned(int status) throws Exception {
    try (FaultyServer server = new FaultyServer(status(status))) {
      RetryingHttpClient client = client();

      HttpResponse<String> response = client.send(post(server), BodyHandlers.ofString());

      assertThat(response.body()).isEqualTo(String.valueOf(status));
      assertThat(server.seen()).hasSize(1);
      assertThat(client.stats().gaveUp()).isZero();
    }
  }

  @Test
  void anInternalErrorIsTriedAgainOnce() throws Exception {
    try (FaultyServer server = new FaultyServer(status(500), status(500))) {
      RetryingHttpClient client = client();

      assertThat(client.send(post(server), BodyHandlers.ofString()).body()).isEqualTo("500");

      assertThat(server.seen()).hasSize(2);
      assertThat(client.stats().gaveUp()).isOne();
    }
  }

  @ParameterizedTest
  @EnumSource
  void pausesGrowAtRandomAndNoLongerThanTheCap(Way way) throws Exception {
    try (FaultyServer server =
        new FaultyServer(status(503), status(502), status(504), status(429), status(408))) {
      RetryingHttpClient client =
          options(origin().build())
              .maxAttempts(6)
              .backoff(Duration.ofMillis(100), Duration.ofMillis(500))
              .build();

      assertThat(way.send(client, post(server)).statusCode()).isEqualTo(200);

      assertThat(time.pauses())
          .extracting(Duration::toMillis)
          .containsExactly(50L, 100L, 200L, 250L, 250L);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatTheServerAsksForIsAddedToThePause(Way way) throws Exception {
    try (FaultyServer server =
        new FaultyServer(
            status(503, "Retry-After", "7"),
            status(
                429, "Retry-After", "Fri, 06 Nov 2026 08:49:59 GMT"), // past, as the server sees it
            status(503, "Retry-After", "0"))) {
      RetryingHttpClient client = options(origin().build()).maxAttempts(4).build();

      assertThat(way.send(client, post(server)).statusCode()).isEqualTo(200);

      assertThat(time.pauses()).extracting(Duration::toMillis).containsExactly(7_050L, 100L, 200L);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"31", "99999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"})
  void aServerThatAsksForTooMuchIsNotWaitedFor(String retryAfter) throws Exception {
    try (FaultyServer server = new FaultyServer(status(503, "Retry-After", retryAfter))) {
      RetryingHttpClient client = client();

      assertThat(client.send(post(server), BodyHandlers.ofString()).body()).isEqualTo("503");

      assertThat(server.seen()).hasSize(1);
      assertThat(time.pauses()).isEmpty();
      assertThat(client.stats().gaveUp()).isOne();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "garbage", "1e9"})
  void whatMakesNoSenseIsNotAskedFor(String retryAfter) throws Exception {
    try (FaultyServer server = new FaultyServer(status(503, "Retry-After", retryAfter))) {
      assertThat(client().send(post(server), BodyHandlers.ofString()).body()).isEqualTo("200");

      assertThat(time.pauses()).containsExactly(Duration.ofMillis(50));
    }
  }

  @ParameterizedTest
  @EnumSource
  void noAttemptBeginsWhenTheTimeWouldBeOver(Way way) throws Exception {
    try (FaultyServer server =
        new FaultyServer(status(503, "Retry-After", "20"), status(503, "Retry-After", "20"))) {
      RetryingHttpClient client =
          options(origin().build()).deadline(Duration.ofSeconds(40)).build();

      assertThat(way.send(client, post(server)).body()).isEqualTo("503");

      assertThat(server.seen()).hasSize(2);
      assertThat(time.pauses()).hasSize(1);
      assertThat(client.stats().gaveUp()).isOne();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aKeyInProgressIsAskedForUntilItIsDone(Way way) throws Exception {
    try (FaultyServer server =
        new FaultyServer(
            cut(), status(409, "Retry-After", "1"), status(409, "Retry-After", "2"), status(201))) {
      RetryingHttpClient client =
          options(origin().retryBudget(0, 1).build()).maxAttempts(2).build();

      assertThat(way.send(client, post(server)).statusCode()).isEqualTo(201);

      assertThat(server.seen()).hasSize(4).containsOnly(server.seen().get(0));
      assertThat(time.pauses()).extracting(Duration::toMillis).containsExactly(50L, 1_050L, 2_100L);
      // The budget of one retry was enough: asking for an outcome repeats nothing.
      assertThat(client.stats()).isEqualTo(new HttpClientStats(0, 1, 4, 1, 2, 0, 0, 0));
      assertThat(client.stats().amplification()).isEqualTo(4);
    }
  }

  @Test
  void aKeyThatStaysInProgressIsNotAskedForForEver() throws Exception {
    FaultyServer.Act inProgress = status(409, "Retry-After", "0");
    try (FaultyServer server = new FaultyServer(inProgress, inProgress, inProgress, inProgress)) {
      RetryingHttpClient client = options(origin().build()).maxInProgress(3).build();

      assertThat(client.send(post(server), BodyHandlers.ofString()).body()).isEqualTo("409");

      assertThat(server.seen()).hasSize(4);
      assertThat(client.stats().gaveUp()).isOne();
    }
  }

  @ParameterizedTest
  @EnumSource
  void retriesSpendTheBudgetOfTheOrigin(Way way) throws Exception {
    try (FaultyServer server = new FaultyServer(status(503), status(503), status(503), cut())) {
      Origin origin = origin().retryBudget(0, 1).build();
      RetryingHttpClient client = options(origin).build();

      assertThat(way.send(client, post(server)).body()).isEqualTo("503");
      assertThat(way.send(client, post(server)).body()).isEqualTo("503");
      NoAnswerException failure =
          catchThrowableOfType(NoAnswerException.class, () -> way.send(client, post(server)));

      assertThat(failure.reason()).isEqualTo(GaveUp.OUT_OF_BUDGET);
      assertThat(failure.key()).hasValue(server.seen().get(3).keys().get(0));
      assertThat(server.seen()).hasSize(4);
      assertThat(client.stats()).isEqualTo(new HttpClientStats(0, 3, 4, 1, 0, 3, 0, 3));
      assertThat(origin.stats().retriesRefused()).isEqualTo(3);
      assertThat(origin.stats().retries()).isOne();
    }
  }

  @ParameterizedTest
  @EnumSource
  void anAttemptThatHangsIsBrokenOffAndTheNextOneMade(Way way) throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    try (FaultyServer server = new FaultyServer()) {
      server.then(server.hang(reached));
      RetryingHttpClient client = client();
      FutureTask<HttpResponse<String>> sending =
          new FutureTask<>(() -> way.send(client, post(server)));
      new Thread(sending).start();
      reached.await();

      time.expire();

      assertThat(sending.get().body()).isEqualTo("200");
      assertThat(server.seen()).hasSize(2).containsOnly(server.seen().get(0));
      assertThat(time.open()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerThatHangsInItsBodyIsBrokenOffToo(Way way) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Throwable> broken = new CompletableFuture<>();
    try (FaultyServer server = new FaultyServer()) {
      server.then(server.hangInBody());
      RetryingHttpClient client = options(origin().build()).maxAttempts(1).build();
      FutureTask<HttpResponse<String>> sending =
          new FutureTask<>(
              () -> way.send(client, post(server), info -> new LoudBody(begun, broken)));
      new Thread(sending).start();
      begun.await();

      time.expire();

      assertThatThrownBy(sending::get)
          .cause()
          .isInstanceOf(NoAnswerException.class)
          .hasMessageEndingWith("after 1 attempts: OUT_OF_ATTEMPTS")
          .cause()
          .isInstanceOf(HttpTimeoutException.class)
          .hasMessage("No answer in PT2S");
      // The server has not ended it: its connection was.
      assertThat(broken.get()).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aRefusedConnectionIsTriedAgainAndToldInTheEnd() throws Exception {
    HttpRequest request;
    try (FaultyServer server = new FaultyServer()) {
      request = post(server);
    }
    RetryingHttpClient client = client();

    NoAnswerException failure =
        catchThrowableOfType(
            NoAnswerException.class, () -> client.send(request, BodyHandlers.discarding()));

    assertThat(failure.reason()).isEqualTo(GaveUp.OUT_OF_ATTEMPTS);
    assertThat(failure.attempts()).isEqualTo(3);
    assertThat(failure.key()).isPresent();
    assertThat(client.stats().retries()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void theBreakerOfTheOriginIsFedAndObeyed(Way way) throws Exception {
    try (FaultyServer server = new FaultyServer(status(503), cut())) {
      Origin origin =
          origin().circuitBreaker(CircuitBreaking.defaults().failures(2)).ticker(time).build();
      RetryingHttpClient client = options(origin).build();

      NoAnswerException failure =
          catchThrowableOfType(NoAnswerException.class, () -> way.send(client, post(server)));

      assertThat(failure.reason()).isEqualTo(GaveUp.REJECTED);
      assertThat(failure.attempts()).isEqualTo(2);
      assertThat(failure)
          .cause()
          .isInstanceOfSatisfying(
              Rejection.class,
              rejection -> assertThat(rejection.limit()).isEqualTo(Limit.CIRCUIT_BREAKER));
      assertThat(origin.stats().breaker()).isEqualTo(BreakerState.OPEN);
      assertThat(server.seen()).hasSize(2);
      assertThat(client.stats()).isEqualTo(new HttpClientStats(0, 1, 2, 1, 0, 0, 1, 1));
    }
  }

  @Test
  void answersOfTheClientsMakingDoNotOpenTheBreaker() throws Exception {
    try (FaultyServer server = new FaultyServer(status(404), status(422), status(429))) {
      Origin origin = origin().circuitBreaker(CircuitBreaking.defaults().failures(1)).build();
      RetryingHttpClient client = options(origin).build();

      for (int i = 0; i < 3; i++) {
        client.send(post(server), BodyHandlers.discarding());
      }

      assertThat(origin.stats().failures()).isZero();
      assertThat(origin.stats().breaker()).isEqualTo(BreakerState.CLOSED);
    }
  }

  @Test
  void replayedFailuresNeitherSpendTheBudgetNorOpenTheBreaker() throws Exception {
    try (FaultyServer server = new FaultyServer()) {
      Origin origin =
          origin()
              .retryBudget(0, 1)
              .circuitBreaker(CircuitBreaking.defaults().failures(2))
              .ticker(time)
              .build();
      RetryingHttpClient client = options(origin).build();

      for (int status : new int[] {500, 502, 504, 503, 409}) {
        server.then(status(status, "Idempotency-Replayed", "true", "Retry-After", "1"));
        HttpResponse<String> response = client.send(post(server), BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(status);
      }

      assertThat(server.seen()).hasSize(5);
      assertThat(origin.stats().failures()).isZero();
      assertThat(origin.stats().breaker()).isEqualTo(BreakerState.CLOSED);
      assertThat(origin.stats().retriesRefused()).isZero();
      assertThat(client.stats()).isEqualTo(new HttpClientStats(0, 5, 5, 0, 0, 0, 0, 0));
    }
  }

  @Test
  void whatIsNotAReplayIsNotTakenForOne() throws Exception {
    try (FaultyServer server =
        new FaultyServer(
            status(503, "Idempotency-Replayed", "true"), // without a key
            status(200),
            status(503, "Idempotency-Replayed", "false"))) {
      Origin origin = origin().build();
      RetryingHttpClient client = options(origin).build();

      assertThat(client.send(get(server), BodyHandlers.ofString()).body()).isEqualTo("200");
      assertThat(client.send(post(server), BodyHandlers.ofString()).body()).isEqualTo("200");

      assertThat(origin.stats().failures()).isEqualTo(2);
    }
  }

  @Test
  void withoutBlockingAFullOriginRejectsAtOnce() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    try (FaultyServer server = new FaultyServer()) {
      server.then(server.hang(reached));
      RetryingHttpClient client = options(origin().maxConcurrentLoads(1).build()).build();
      CompletableFuture<HttpResponse<Void>> first =
          client.sendAsync(post(server), BodyHandlers.discarding());
      reached.await();

      CompletableFuture<HttpResponse<Void>> second =
          client.sendAsync(post(server), BodyHandlers.discarding());

      assertThatThrownBy(second::join)
          .cause()
          .isInstanceOf(NoAnswerException.class)
          .hasMessageEndingWith("after 0 attempts: REJECTED");
      assertThat(first.cancel(true)).isTrue();
    }
  }

  @Test
  void cancellingBreaksOffTheAttemptAndMakesNoOther() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    try (FaultyServer server = new FaultyServer()) {
      server.then(server.hang(reached));
      Origin origin = origin().maxConcurrentLoads(1).build();
      RetryingHttpClient client = options(origin).build();
      CompletableFuture<HttpResponse<Void>> sending =
          client.sendAsync(post(server), BodyHandlers.discarding());
      reached.await();

      sending.cancel(true);

      // Waits for the permit of the first.
      assertThat(client.send(get(server), BodyHandlers.discarding()).statusCode()).isEqualTo(200);
      assertThat(server.seen()).hasSize(2);
      assertThat(origin.stats().failures()).isZero();
      assertThat(client.stats().retries()).isZero();
    }
  }

  @Test
  void cancellingEndsAPause() throws Exception {
    time.holdPauses();
    try (FaultyServer server = new FaultyServer(status(503))) {
      RetryingHttpClient client = client();
      CompletableFuture<HttpResponse<Void>> sending =
          client.sendAsync(post(server), BodyHandlers.discarding());
      while (time.pauses().isEmpty()) {
        Thread.onSpinWait();
      }

      sending.cancel(true);
      while (client.stats().running() > 0) {
        Thread.onSpinWait();
      }

      assertThat(server.seen()).hasSize(1);
    }
  }

  @Test
  void aPauseThatBeginsWhileTheRequestIsCancelledEndsToo() throws Exception {
    CompletableFuture<CompletableFuture<HttpResponse<Void>>> sending = new CompletableFuture<>();
    time.holdPauses();
    time.duringPauses(() -> sending.join().cancel(true));
    try (FaultyServer server = new FaultyServer(status(503))) {
      RetryingHttpClient client = client();

      sending.complete(client.sendAsync(post(server), BodyHandlers.discarding()));
      while (client.stats().running() > 0) {
        Thread.onSpinWait();
      }

      assertThat(server.seen()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsSentWhenTheTimeIsOverBeforeTheFirstAttempt(Way way) throws Exception {
    BodyPublisher slow =
        BodyPublishers.fromPublisher(
            subscriber -> {
              time.advance(Duration.ofMinutes(1));
              BodyPublishers.ofString("late").subscribe(subscriber);
            },
            4);
    try (FaultyServer server = new FaultyServer()) {
      Origin origin = origin().maxConcurrentLoads(1).build();
      RetryingHttpClient client = options(origin).build();

      NoAnswerException failure =
          catchThrowableOfType(
              NoAnswerException.class, () -> way.send(client, to(server).POST(slow).build()));

      assertThat(failure.reason()).isEqualTo(GaveUp.OUT_OF_TIME);
      assertThat(failure.attempts()).isZero();
      assertThat(server.seen()).isEmpty();
      assertThat(origin.stats().running()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void noPauseIsMadeIfTheBodyBeforeItHasUsedUpTheTime(Way way) throws Exception {
    AtomicBoolean answering = new AtomicBoolean();
    CountDownLatch decided = new CountDownLatch(1);
    LongSupplier budgetTicker =
        () -> {
          if (answering.get()) {
            decided.countDown(); // the last thing of a decision is to ask for the budget
          }
          return time.getAsLong();
        };
    try (FaultyServer server = new FaultyServer()) {
      server.then(
          exchange -> {
            answering.set(true);
            server.hangInBody(503, "Retry-After", "9").on(exchange);
          });
      RetryingHttpClient client =
          options(origin().ticker(budgetTicker).build()).deadline(Duration.ofSeconds(10)).build();
      FutureTask<HttpResponse<String>> sending =
          new FutureTask<>(() -> way.send(client, post(server)));
      new Thread(sending).start();
      decided.await();

      time.advance(Duration.ofSeconds(2));
      time.expire();

      assertThatThrownBy(sending::get)
          .cause()
          .isInstanceOf(NoAnswerException.class)
          .hasMessageEndingWith("after 1 attempts: OUT_OF_TIME");
      assertThat(time.pauses()).isEmpty();
      assertThat(client.stats().gaveUp()).isOne();
    }
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerThatIsCutAfterItWasDecidedUponSpendsTheBudgetOnce(Way way) throws Exception {
    try (FaultyServer server = new FaultyServer(cutInBody(503))) {
      RetryingHttpClient client = options(origin().retryBudget(0, 1).build()).build();

      assertThat(way.send(client, post(server)).body()).isEqualTo("200");

      assertThat(client.stats().retriesRefused()).isZero();
    }
  }

  @Test
  void anInterruptBreaksOffTheAttempt() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    try (FaultyServer server = new FaultyServer()) {
      server.then(server.hang(reached));
      Origin origin = origin().build();
      RetryingHttpClient client = options(origin).build();
      FutureTask<HttpResponse<String>> sending =
          new FutureTask<>(() -> client.send(post(server), BodyHandlers.ofString()));
      Thread sender = new Thread(sending);
      sender.start();
      reached.await();

      sender.interrupt();

      assertThatThrownBy(sending::get)
          .cause()
          .isInstanceOf(InterruptedException.class)
          .satisfies(thrown -> assertKeyIsTold(thrown, server));
      assertThat(server.seen()).hasSize(1);
      assertThat(origin.stats().failures()).isZero();
      assertThat(client.stats().running()).isZero();
    }
  }

  private static void assertKeyIsTold(Throwable thrown, FaultyServer server) {
    assertThat(thrown.getSuppressed())
        .singleElement()
        .isInstanceOfSatisfying(
            NoAnswerException.class,
            told -> {
              assertThat(told.key()).isEqualTo(Optional.of(server.seen().get(0).keys().get(0)));
              assertThat(told.reason()).isEqualTo(GaveUp.BROKEN_OFF);
            });
  }

  @ParameterizedTest
  @EnumSource
  void whatABodyHandlerThrowsTellsTheKey(Way way) throws Exception {
    BodyHandler<String> broken =
        info -> {
          throw new IllegalStateException("no such form");
        };
    try (FaultyServer server = new FaultyServer()) {
      assertThatThrownBy(() -> way.send(client(), post(server), broken))
          .satisfies(
              thrown -> {
                Throwable cause = thrown.getCause();
                assertKeyIsTold(cause == null ? thrown : cause, server);
              });
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPublisherThatPublishesOtherBytesTheNextTimeSendsTheSame(Way way) throws Exception {
    AtomicInteger subscriptions = new AtomicInteger();
    BodyPublisher fickle = new FickleBody(subscriptions);
    try (FaultyServer server = new FaultyServer(status(503), cut())) {
      assertThat(way.send(client(), to(server).POST(fickle).build()).statusCode()).isEqualTo(200);

      assertThat(server.seen())
          .extracting(FaultyServer.Seen::body)
          .containsExactly("body 1", "body 1", "body 1");
      assertThat(subscriptions).hasValue(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBodyThatIsNotKeptIsSentOnce(Way way) throws Exception {
    BodyPublisher stream =
        BodyPublishers.ofInputStream(
            () -> new ByteArrayInputStream("streamed".getBytes(StandardCharsets.UTF_8)));
    try (FaultyServer server = new FaultyServer(status(503), status(503), cut())) {
      RetryingHttpClient client = options(origin().build()).maximumBodyBytes(4).build();

      assertThat(way.send(client, to(server).POST(stream).build()).body()).isEqualTo("503");
      assertThat(way.send(client, post(server)).body()).isEqualTo("503");
      NoAnswerException failure =
          catchThrowableOfType(NoAnswerException.class, () -> way.send(client, post(server)));

      assertThat(failure.reason()).isEqualTo(GaveUp.NOT_REPEATABLE);
      assertThat(server.seen())
          .extracting(FaultyServer.Seen::body)
          .containsExactly("streamed", "pay 7", "pay 7");
      assertThat(server.seen()).allMatch(seen -> seen.keys().size() == 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBodyThatIsNotOfTheLengthThatItSaysIsNotSent(Way way) throws Exception {
    try (FaultyServer server = new FaultyServer()) {
      for (int length : new int[] {3, 9}) {
        BodyPublisher lying =
            BodyPublishers.fromPublisher(BodyPublishers.ofString("pay 7"), length);

        assertThatThrownBy(() -> way.send(client(), to(server).POST(lying).build()))
            .isInstanceOf(IOException.class)
            .hasMessageEndingWith("than the %d bytes that it says".formatted(length));
      }

      assertThat(server.seen()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBodyThatNeverComesIsNotWaitedForForEver(Way way) throws Exception {
    try (FaultyServer server = new FaultyServer();
        SubmissionPublisher<java.nio.ByteBuffer> silent = new SubmissionPublisher<>()) {
      BodyPublisher body = BodyPublishers.fromPublisher(silent, 10);
      FutureTask<HttpResponse<String>> sending =
          new FutureTask<>(() -> way.send(client(), to(server).POST(body).build()));
      new Thread(sending).start();
      while (time.open() == 0) {
        Thread.onSpinWait();
      }

      time.expire();

      assertThatThrownBy(sending::get).cause().hasMessage("The body did not come in time");
      assertThat(server.seen()).isEmpty();
    }
  }

  @Test
  void theHandlerOfTheCallerSeesTheLastAnswerOnly() throws Exception {
    List<Integer> statuses = new ArrayList<>();
    BodyHandler<String> handler =
        info -> {
          statuses.add(info.statusCode());
          return BodyHandlers.ofString().apply(info);
        };
    try (FaultyServer server = new FaultyServer(status(503), status(429), status(201))) {
      client().send(post(server), handler);

      assertThat(statuses).containsExactly(201);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatTheHandlerOfTheCallerThrowsIsNoFailureOfTheServer(Way way) throws Exception {
    BodyHandler<String> handler =
        info -> {
          throw new IllegalStateException("mine");
        };
    try (FaultyServer server = new FaultyServer()) {
      Origin origin = origin().build();

      assertThatThrownBy(() -> way.send(options(origin).build(), post(server), handler))
          .hasStackTraceContaining("mine");

      assertThat(server.seen()).hasSize(1);
    }
  }
}
