package dev.corral.http;

import static dev.corral.http.FaultyServer.cut;
import static dev.corral.http.FaultyServer.cutInBody;
import static dev.corral.http.FaultyServer.status;
import static dev.corral.http.Fixture.client;
import static dev.corral.http.Fixture.get;
import static dev.corral.http.Fixture.options;
import static dev.corral.http.Fixture.origin;
import static dev.corral.http.Fixture.post;
import static dev.corral.http.Fixture.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.corral.origin.BreakerState;
import dev.corral.origin.CircuitBreaking;
import dev.corral.origin.Origin;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client sends again, to a real server that fails as it is told; time passes by hand. */
@Timeout(
    value = 60,
    threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // some loops take no interrupt
class RetryingHttpClientTest {

  private final HandTime time = new HandTime();

  @ParameterizedTest
  @EnumSource
  void eachAttemptCarriesTheSameKeyAndTheSameBytes(Way way) throws Exception {
    try (FaultyServer server = new FaultyServer(status(503), cut(), cutInBody(201))) {
      RetryingHttpClient client = options(time, origin().build()).maxAttempts(4).build();

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
      RetryingHttpClient client = client(time);

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

      assertThat(client(time).send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);

      assertThat(server.seen()).hasSize(2).allMatch(seen -> seen.keys().isEmpty());
    }
  }

  @Test
  void theKeyOfTheCallerIsTaken() throws Exception {
    try (FaultyServer server = new FaultyServer(status(503))) {
      RetryingHttpClient client = client(time);

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
      RetryingHttpClient client = client(time);

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
      RetryingHttpClient client = client(time);

      HttpResponse<String> response = client.send(post(server), BodyHandlers.ofString());

      assertThat(response.body()).isEqualTo(String.valueOf(status));
      assertThat(server.seen()).hasSize(1);
      assertThat(client.stats().gaveUp()).isZero();
    }
  }

  @Test
  void anInternalErrorIsTriedAgainOnce() throws Exception {
    try (FaultyServer server = new FaultyServer(status(500), status(500))) {
      RetryingHttpClient client = client(time);

      assertThat(client.send(post(server), BodyHandlers.ofString()).body()).isEqualTo("500");

      assertThat(server.seen()).hasSize(2);
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
          options(time, origin().retryBudget(0, 1).build()).maxAttempts(2).build();

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
      RetryingHttpClient client = options(time, origin().build()).maxInProgress(3).build();

      assertThat(client.send(post(server), BodyHandlers.ofString()).body()).isEqualTo("409");

      assertThat(server.seen()).hasSize(4);
      assertThat(client.stats().gaveUp()).isOne();
    }
  }

  @Test
  void aRefusedConnectionIsTriedAgainAndToldInTheEnd() throws Exception {
    HttpRequest request;
    try (FaultyServer server = new FaultyServer()) {
      request = post(server);
    }
    RetryingHttpClient client = client(time);

    NoAnswerException failure =
        catchThrowableOfType(
            NoAnswerException.class, () -> client.send(request, BodyHandlers.discarding()));

    assertThat(failure.reason()).isEqualTo(GaveUp.OUT_OF_ATTEMPTS);
    assertThat(failure.attempts()).isEqualTo(3);
    assertThat(failure.key()).isPresent();
    assertThat(client.stats().retries()).isEqualTo(2);
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
      RetryingHttpClient client = options(time, origin).build();

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
      RetryingHttpClient client = options(time, origin).build();

      assertThat(client.send(get(server), BodyHandlers.ofString()).body()).isEqualTo("200");
      assertThat(client.send(post(server), BodyHandlers.ofString()).body()).isEqualTo("200");

      assertThat(origin.stats().failures()).isEqualTo(2);
    }
  }
}
