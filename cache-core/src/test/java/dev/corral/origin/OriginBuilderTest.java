package dev.corral.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OriginBuilderTest {

  private static Arguments refused(String message, ThrowingCallable call) {
    return Arguments.of(message, call);
  }

  static Stream<Arguments> valuesThatMakeNoSense() {
    OriginBuilder options = Origin.named("db");
    return Stream.of(
        refused("name must match [A-Za-z0-9._-]{1,64}: a b", () -> Origin.named("a b")),
        refused(
            "maxConcurrentLoads must be from 1 to 1000000: 0", () -> options.maxConcurrentLoads(0)),
        refused("maxQueuedLoads must be from 0 to 1000000: -1", () -> options.maxQueuedLoads(-1)),
        refused(
            "loadTimeout must be from PT0.001S to PT87600H: PT0S",
            () -> options.loadTimeout(Duration.ZERO)),
        refused("retries must be from 1 to 10: 11", () -> Retries.upTo(11)),
        refused(
            "backoff cap must be at least its base PT2S: PT1S",
            () -> Retries.upTo(1).backoff(Duration.ofSeconds(2), Duration.ofSeconds(1))),
        refused("retryBudget share must be from 0 to 1: 1.1", () -> options.retryBudget(1.1, 0)),
        refused(
            "retryBudget share must be from 0 to 1: NaN", () -> options.retryBudget(Double.NaN, 0)),
        refused(
            "retryBudget least must be from 0 to 1000000: -1", () -> options.retryBudget(0, -1)),
        refused(
            "rateLimit must be from 1 to 1000000: 0",
            () -> options.rateLimit(0, Duration.ofSeconds(1))),
        refused(
            "failures must be from 1 to 10000: 0", () -> CircuitBreaking.defaults().failures(0)),
        refused(
            "successes must be from 1 to 10000: 0", () -> CircuitBreaking.defaults().successes(0)),
        refused(
            "openFor must be from PT0.001S to PT87600H: PT-1S",
            () -> CircuitBreaking.defaults().openFor(Duration.ofSeconds(-1))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void valuesThatMakeNoSense(String message, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  static Stream<Arguments> combinationsThatMakeNone() {
    return Stream.of(
        refused(
            "maxQueuedLoads needs maxConcurrentLoads",
            () -> Origin.named("db").maxQueuedLoads(1).build()),
        refused(
            "retries needs on or when, to say which failures pass",
            () -> Origin.named("db").retries(Retries.upTo(1)).build()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void combinationsThatMakeNone(String message, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(IllegalStateException.class).hasMessage(message);
  }

  @Test
  void withoutOptionsNothingIsLimited() throws Exception {
    Origin origin = Origin.named("db").build();

    assertThat(origin.load(TestClock.REFRESH, () -> "v")).isEqualTo("v");

    assertThat(origin.loadTimeout()).isEmpty();
    assertThat(origin.stats().attempts()).isOne();
    assertThat(origin.stats().amplification()).isOne();
    assertThat(origin).hasToString("Origin[db, " + origin.stats() + "]");
  }
}
