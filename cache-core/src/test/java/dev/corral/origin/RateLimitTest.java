package dev.corral.origin;

import static dev.corral.origin.TestClock.MISS;
import static dev.corral.origin.TestClock.REFRESH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest {

  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final TestClock clock = new TestClock();
  private final Origin origin = clock.origin().rateLimit(2, PERIOD).build();

  @Test
  void aMissWaitsForTheNextPeriod() throws Exception {
    for (int i = 0; i < 3; i++) {
      origin.load(MISS, () -> "v");
    }

    assertThat(clock.pauses()).containsExactly(PERIOD);
  }

  @Test
  void aRefreshDoesNotWait() throws Exception {
    origin.load(REFRESH, () -> "v");
    origin.load(REFRESH, () -> "v");

    Rejection rejection =
        catchThrowableOfType(Rejection.class, () -> origin.load(REFRESH, () -> "v"));

    assertThat(rejection.limit()).isEqualTo(Limit.RATE);
    assertThat(rejection.retryAfter()).isEqualTo(PERIOD);
    assertThat(clock.pauses()).isEmpty();
  }

  @Test
  void aMissWithLessPatienceIsRejected() throws Exception {
    origin.load(MISS, () -> "v");
    origin.load(MISS, () -> "v");
    LoadRequest hurried = new LoadRequest(Priority.MISS, Duration.ofMillis(999), TestClock.TIMEOUT);

    assertThat(catchThrowableOfType(Rejection.class, () -> origin.load(hurried, () -> "v")))
        .isNotNull();
    assertThat(origin.stats().rejected()).containsEntry(Limit.RATE, 1L);
  }

  @Test
  void whoIsRejectedTakesNothingFromThoseWhoComeLater() throws Exception {
    LoadRequest hurried = new LoadRequest(Priority.MISS, Duration.ofMillis(100), TestClock.TIMEOUT);
    origin.load(hurried, () -> "v");
    origin.load(hurried, () -> "v");
    for (int i = 0; i < 10; i++) {
      assertThat(catchThrowableOfType(Rejection.class, () -> origin.load(hurried, () -> "never")))
          .isNotNull();
    }

    clock.advance(PERIOD);

    assertThat(origin.load(hurried, () -> "v")).isEqualTo("v");
    assertThat(origin.load(hurried, () -> "v")).isEqualTo("v");
  }
}
