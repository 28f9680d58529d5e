package dev.corral.http;

import static dev.corral.http.FaultyServer.cut;
import static dev.corral.http.FaultyServer.cutInBody;
import static dev.corral.http.FaultyServer.status;
import static dev.corral.http.Fixture.options;
import static dev.corral.http.Fixture.origin;
import static dev.corral.http.Fixture.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.corral.origin.BreakerState;
import dev.corral.origin.CircuitBreaking;
import dev.corral.origin.Limit;
import dev.corral.origin.Origin;
import dev.corral.origin.Rejection;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the client takes from the limits of its origin, and what it tells it. */
@Timeout(
    value = 60,
    threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // some loops take no interrupt
class ClientAtOriginTest {

  private final HandTime time = new HandTime();

  @ParameterizedTest
  @EnumSource
  void retriesSpendTheBudgetOfTheOrigin(Way way) throws Exception {
    try (FaultyServer server = new FaultyServer(status(503), status(503), status(503), cut())) {
      Origin origin = origin().retryBudget(0, 1).build();
      RetryingHttpClient client = options(time, origin).build();

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
  void theBreakerOfTheOriginIsFedAndObeyed(Way way) throws Exception {
    try (FaultyServer server = new FaultyServer(status(503), cut())) {
      Origin origin =
          origin().circuitBreaker(CircuitBreaking.defaults().failures(2)).ticker(time).build();
      RetryingHttpClient client = options(time, origin).build();

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
      RetryingHttpClient client = options(time, origin).build();

      for (int i = 0; i < 3; i++) {
        client.send(post(server), BodyHandlers.discarding());
      }

      assertThat(origin.stats().failures()).isZero();
      assertThat(origin.stats().breaker()).isEqualTo(BreakerState.CLOSED);
    }
  }

  @Test
  void withoutBlockingAFullOriginRejectsAtOnce() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    try (FaultyServer server = new FaultyServer()) {
      server.then(server.hang(reached));
      RetryingHttpClient client = options(time, origin().maxConcurrentLoads(1).build()).build();
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

  @ParameterizedTest
  @EnumSource
  void anAnswerThatIsCutAfterItWasDecidedUponSpendsTheBudgetOnce(Way way) throws Exception {
    try (FaultyServer server = new FaultyServer(cutInBody(503))) {
      RetryingHttpClient client = options(time, origin().retryBudget(0, 1).build()).build();

      assertThat(way.send(client, post(server)).body()).isEqualTo("200");

      assertThat(client.stats().retriesRefused()).isZero();
    }
  }
}
