package dev.corral.http;

import static dev.corral.http.FaultyServer.status;
import static dev.corral.http.Fixture.client;
import static dev.corral.http.Fixture.options;
import static dev.corral.http.Fixture.origin;
import static dev.corral.http.Fixture.post;
import static dev.corral.http.Fixture.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.corral.origin.Origin;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The time for an attempt, and the time for all of them. */
@Timeout(
    value = 60,
    threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // some loops take no interrupt
class TimeLimitsTest {

  private final HandTime time = new HandTime();

  @ParameterizedTest
  @EnumSource
  void noAttemptBeginsWhenTheTimeWouldBeOver(Way way) throws Exception {
    try (FaultyServer server =
        new FaultyServer(status(503, "Retry-After", "20"), status(503, "Retry-After", "20"))) {
      RetryingHttpClient client =
          options(time, origin().build()).deadline(Duration.ofSeconds(40)).build();

      assertThat(way.send(client, post(server)).body()).isEqualTo("503");

      assertThat(server.seen()).hasSize(2);
      assertThat(time.pauses()).hasSize(1);
      assertThat(client.stats().gaveUp()).isOne();
    }
  }

  @ParameterizedTest
  @EnumSource
  void anAttemptThatHangsIsBrokenOffAndTheNextOneMade(Way way) throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    try (FaultyServer server = new FaultyServer()) {
      server.then(server.hang(reached));
      RetryingHttpClient client = client(time);
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
      RetryingHttpClient client = options(time, origin().build()).maxAttempts(1).build();
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
      RetryingHttpClient client = options(time, origin).build();

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
          options(time, origin().ticker(budgetTicker).build())
              .deadline(Duration.ofSeconds(10))
              .build();
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
}
