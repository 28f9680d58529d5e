package dev.corral.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.origin.Origin;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RetryingHttpClientBuilderTest {

  private static RetryingHttpClientBuilder options(Duration attemptTimeout) {
    return RetryingHttpClient.builder(
        HttpClient.newHttpClient(), Origin.named("payments").build(), attemptTimeout);
  }

  private static Arguments refused(String message, ThrowingCallable call) {
    return Arguments.of(message, call);
  }

  static Stream<Arguments> valuesThatMakeNoSense() {
    RetryingHttpClientBuilder options = options(Duration.ofSeconds(1));
    return Stream.of(
        refused(
            "attemptTimeout must be from PT0.001S to PT24H: PT0S", () -> options(Duration.ZERO)),
        refused(
            "deadline must be from PT0.001S to PT24H: PT25H",
            () -> options.deadline(Duration.ofHours(25))),
        refused("maxAttempts must be from 1 to 20: 0", () -> options.maxAttempts(0)),
        refused("maxInProgress must be from 0 to 1000: -1", () -> options.maxInProgress(-1)),
        refused(
            "maximumBodyBytes must be from 0 to 1073741824: -1",
            () -> options.maximumBodyBytes(-1)),
        refused(
            "backoff cap must be at least its base PT2S: PT1S",
            () -> options.backoff(Duration.ofSeconds(2), Duration.ofSeconds(1))),
        refused(
            "longestRetryAfter must be from PT0.001S to PT24H: PT-1S",
            () -> options.longestRetryAfter(Duration.ofSeconds(-1))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void valuesThatMakeNoSense(String message, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Test
  void aDeadlineIsNotShorterThanAnAttempt() {
    RetryingHttpClientBuilder options =
        options(Duration.ofSeconds(2)).deadline(Duration.ofSeconds(1));

    assertThatThrownBy(options::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("deadline must be at least attemptTimeout PT2S: PT1S");
  }

  @Test
  void nothingHasBeenDoneAtFirst() {
    RetryingHttpClient client = options(Duration.ofSeconds(2)).build();

    assertThat(client.stats()).isEqualTo(new HttpClientStats(0, 0, 0, 0, 0, 0, 0, 0));
    assertThat(client.stats().amplification()).isOne();
    assertThat(client.origin().name()).isEqualTo("payments");
  }
}
