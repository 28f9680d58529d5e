package dev.corral.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.origin.Origin;
import dev.corral.origin.OriginBuilder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Optional;

/** What the tests of the client have in common. */
final class Fixture {

  static final Duration ATTEMPT = Duration.ofSeconds(2);

  private Fixture() {}

  static OriginBuilder origin() {
    return Origin.named("payments");
  }

  static RetryingHttpClientBuilder options(HandTime time, Origin origin) {
    return options(time, origin, HttpClient.newHttpClient());
  }

  static RetryingHttpClientBuilder options(HandTime time, Origin origin, HttpClient http) {
    return RetryingHttpClient.builder(http, origin, ATTEMPT)
        .deadline(Duration.ofMinutes(1))
        .time(time, time, time)
        .random(() -> 0.5);
  }

  static RetryingHttpClient client(HandTime time) {
    return options(time, origin().build()).build();
  }

  static HttpRequest.Builder to(FaultyServer server) {
    return HttpRequest.newBuilder(server.uri());
  }

  static HttpRequest post(FaultyServer server) {
    return to(server).POST(BodyPublishers.ofString("pay 7")).build();
  }

  static HttpRequest get(FaultyServer server) {
    return to(server).GET().build();
  }

  /** What was thrown suppresses an exception with the key that the server has seen. */
  static void assertKeyIsTold(Throwable thrown, FaultyServer server) {
    assertThat(thrown.getSuppressed())
        .singleElement()
        .isInstanceOfSatisfying(
            NoAnswerException.class,
            told -> {
              assertThat(told.key()).isEqualTo(Optional.of(server.seen().get(0).keys().get(0)));
              assertThat(told.reason()).isEqualTo(GaveUp.BROKEN_OFF);
            });
  }
}
