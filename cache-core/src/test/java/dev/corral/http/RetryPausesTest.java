package dev.corral.http;

import static dev.corral.http.FaultyServer.status;
import static dev.corral.http.Fixture.client;
import static dev.corral.http.Fixture.options;
import static dev.corral.http.Fixture.origin;
import static dev.corral.http.Fixture.post;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long the client pauses between attempts. */
@Timeout(
    value = 60,
    threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // some loops take no interrupt
class RetryPausesTest {

  private final HandTime time = new HandTime();

  @ParameterizedTest
  @EnumSource
  void pausesGrowAtRandomAndNoLongerThanTheCap(Way way) throws Exception {
    try (FaultyServer server =
        new FaultyServer(status(503), status(502), status(504), status(429), status(408))) {
      RetryingHttpClient client =
          options(time, origin().build())
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
      RetryingHttpClient client = options(time, origin().build()).maxAttempts(4).build();

      assertThat(way.send(client, post(server)).statusCode()).isEqualTo(200);

      assertThat(time.pauses()).extracting(Duration::toMillis).containsExactly(7_050L, 100L, 200L);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"31", "99999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"})
  void aServerThatAsksForTooMuchIsNotWaitedFor(String retryAfter) throws Exception {
    try (FaultyServer server = new FaultyServer(status(503, "Retry-After", retryAfter))) {
      RetryingHttpClient client = client(time);

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
      assertThat(client(time).send(post(server), BodyHandlers.ofString()).body()).isEqualTo("200");

      assertThat(time.pauses()).containsExactly(Duration.ofMillis(50));
    }
  }
}
