package dev.corral.http;

import static dev.corral.http.FaultyServer.cut;
import static dev.corral.http.FaultyServer.status;
import static dev.corral.http.Fixture.client;
import static dev.corral.http.Fixture.options;
import static dev.corral.http.Fixture.origin;
import static dev.corral.http.Fixture.post;
import static dev.corral.http.Fixture.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The body of a request, of which each attempt sends the same bytes, or which is sent once. */
@Timeout(
    value = 60,
    threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // some loops take no interrupt
class RequestBodyTest {

  private final HandTime time = new HandTime();

  @ParameterizedTest
  @EnumSource
  void aPublisherThatPublishesOtherBytesTheNextTimeSendsTheSame(Way way) throws Exception {
    AtomicInteger subscriptions = new AtomicInteger();
    BodyPublisher fickle = new FickleBody(subscriptions);
    try (FaultyServer server = new FaultyServer(status(503), cut())) {
      assertThat(way.send(client(time), to(server).POST(fickle).build()).statusCode())
          .isEqualTo(200);

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
      RetryingHttpClient client = options(time, origin().build()).maximumBodyBytes(4).build();

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

        assertThatThrownBy(() -> way.send(client(time), to(server).POST(lying).build()))
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
          new FutureTask<>(() -> way.send(client(time), to(server).POST(body).build()));
      new Thread(sending).start();
      while (time.open() == 0) {
        Thread.onSpinWait();
      }

      time.expire();

      assertThatThrownBy(sending::get).cause().hasMessage("The body did not come in time");
      assertThat(server.seen()).isEmpty();
    }
  }
}
