package dev.corral.origin;

import static dev.corral.origin.TestClock.MISS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {

  private final TestClock clock = new TestClock();

  private Origin origin(double share, int least) {
    return clock
        .origin()
        .retries(Retries.upTo(1).on(TimeoutException.class).backoff(millis(1), millis(1)))
        .retryBudget(share, least)
        .build();
  }

  private static Duration millis(long count) {
    return Duration.ofMillis(count);
  }

  private static void fail(Origin origin, int times) {
    for (int i = 0; i < times; i++) {
      assertThatThrownBy(
              () ->
                  origin.load(
                      MISS, Scripted.failing(new TimeoutException(), new TimeoutException())))
          .isInstanceOf(TimeoutException.class);
    }
  }

  @Test
  void whenAllFailsRetriesAreAShareOfTheLoads() {
    Origin origin = origin(0.1, 0);

    fail(origin, 200);

    assertThat(origin.stats().retries()).isEqualTo(20);
    assertThat(origin.stats().retriesRefused()).isEqualTo(180);
    assertThat(origin.stats().amplification()).isEqualTo(1.1);
  }

  @Test
  void aQuietOriginHasAFew() {
    Origin origin = origin(0, 3);

    fail(origin, 10);

    assertThat(origin.stats().retries()).isEqualTo(3);
  }

  @Test
  void theBudgetComesBackWithTheTime() {
    Origin origin = origin(0, 3);
    fail(origin, 10);

    clock.advance(RetryBudget.WINDOW.minus(Duration.ofSeconds(2)));
    fail(origin, 10);
    assertThat(origin.stats().retries()).isEqualTo(3);

    clock.advance(Duration.ofSeconds(3));
    fail(origin, 10);
    assertThat(origin.stats().retries()).isEqualTo(6);
  }

  @Test
  void loadsOfLongAgoAllowNothing() throws Exception {
    Origin origin = origin(0.1, 0);
    for (int i = 0; i < 100; i++) {
      origin.load(MISS, () -> "v");
    }
    clock.advance(RetryBudget.WINDOW.multipliedBy(3));

    fail(origin, 9);

    assertThat(origin.stats().retries()).isZero();
  }

  @Test
  void withoutABudgetEveryLoadIsTriedAgain() {
    Origin origin =
        clock
            .origin()
            .retries(Retries.upTo(1).on(TimeoutException.class).backoff(millis(1), millis(1)))
            .withoutRetryBudget()
            .build();

    fail(origin, 200);

    assertThat(origin.stats().retries()).isEqualTo(200);
  }

  @Test
  void theWindowSlidesThroughAnOverflowOfTheTime() {
    clock.advance(Duration.ofNanos(Long.MAX_VALUE).minus(Duration.ofSeconds(1)));
    Origin origin = origin(0, 3);
    fail(origin, 5);

    clock.advance(RetryBudget.WINDOW);
    fail(origin, 5);

    assertThat(origin.stats().retries()).isEqualTo(6);
  }
}
