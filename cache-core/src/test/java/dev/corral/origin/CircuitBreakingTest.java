package dev.corral.origin;

import static dev.corral.origin.TestClock.MISS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class CircuitBreakingTest {

  private final TestClock clock = new TestClock();
  private final Origin origin = clock.origin().circuitBreaker().build();

  private static void fail(Origin origin, int times) {
    for (int i = 0; i < times; i++) {
      assertThatThrownBy(() -> origin.load(MISS, Scripted.failing(new IOException("down"))))
          .isInstanceOf(IOException.class);
    }
  }

  private Rejection rejected(Origin origin) {
    Scripted load = Scripted.failing();
    Rejection rejection = catchThrowableOfType(Rejection.class, () -> origin.load(MISS, load));
    assertThat(load.calls()).isZero();
    return rejection;
  }

  @Test
  void fiveFailuresInARowOpenItForThirtySeconds() throws Exception {
    fail(origin, 4);
    origin.load(MISS, () -> "v");
    fail(origin, 4);
    assertThat(origin.stats().breaker()).isEqualTo(BreakerState.CLOSED);
    fail(origin, 1);
    assertThat(origin.stats().breaker()).isEqualTo(BreakerState.OPEN);

    clock.advance(Duration.ofSeconds(10));
    Rejection rejection = rejected(origin);

    assertThat(rejection.limit()).isEqualTo(Limit.CIRCUIT_BREAKER);
    assertThat(rejection.retryAfter()).isEqualTo(Duration.ofSeconds(20));
    assertThat(rejection).hasMessageContaining("db");
    assertThat(origin.stats().rejected()).containsEntry(Limit.CIRCUIT_BREAKER, 1L);
  }

  @Test
  void threeSuccessesCloseIt() throws Exception {
    fail(origin, 5);
    clock.advance(Duration.ofSeconds(30).plusNanos(1));

    origin.load(MISS, () -> "v");
    assertThat(origin.stats().breaker()).isEqualTo(BreakerState.HALF_OPEN);
    origin.load(MISS, () -> "v");
    origin.load(MISS, () -> "v");

    assertThat(origin.stats().breaker()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void whileItIsHalfOpenAFewPass() throws Exception {
    fail(origin, 5);
    clock.advance(Duration.ofSeconds(30).plusNanos(1));
    List<Rejection> rejections = new ArrayList<>();

    origin.load(
        MISS,
        () -> origin.load(MISS, () -> origin.load(MISS, () -> rejections.add(rejected(origin)))));

    assertThat(rejections).hasSize(1);
  }

  @Test
  void slowLoadsCount() throws Exception {
    Origin slow =
        clock
            .origin()
            .circuitBreaker(CircuitBreaking.defaults().slowAfter(Duration.ofSeconds(1)))
            .build();

    for (int i = 0; i < 5; i++) {
      slow.load(
          MISS,
          () -> {
            clock.advance(Duration.ofSeconds(2));
            return "v";
          });
    }

    assertThat(slow.stats().breaker()).isEqualTo(BreakerState.OPEN);
  }

  @Test
  void failuresThatSayNothingOfTheOriginDoNot() {
    Origin picky =
        clock
            .origin()
            .circuitBreaker(CircuitBreaking.defaults().ignoring(e -> e instanceof IOException))
            .build();

    fail(picky, 50);

    assertThat(picky.stats().breaker()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void loadsThatHangCountWhenTheirTimeIsUp() throws Exception {
    List<Rejection> rejections = new ArrayList<>();

    hang(
        5,
        () -> {
          clock.advance(TestClock.TIMEOUT);
          rejections.add(rejected(origin));
          return "v";
        });

    assertThat(rejections).hasSize(1);
    assertThat(origin.stats().givenUp()).isEqualTo(5);
    assertThat(origin.stats().running()).isZero();
    // What came of them in the end is no news.
    assertThat(origin.stats().breaker()).isEqualTo(BreakerState.OPEN);
  }

  private void hang(int loads, Callable<String> inside) throws Exception {
    if (loads == 0) {
      inside.call();
    } else {
      origin.load(
          MISS,
          () -> {
            hang(loads - 1, inside);
            return "v";
          });
    }
  }

  @Test
  void anInterruptedLoadSaysNothing() {
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(
              () ->
                  origin.load(
                      MISS,
                      () -> {
                        throw new InterruptedException();
                      }))
          .isInstanceOf(InterruptedException.class);
    }

    assertThat(origin.stats().breaker()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void oneTrialThatFailsOpensItAgain() throws Exception {
    fail(origin, 5);
    clock.advance(Duration.ofSeconds(30).plusNanos(1));

    origin.load(MISS, () -> "v");
    origin.load(MISS, () -> "v");
    fail(origin, 1);

    assertThat(origin.stats().breaker()).isEqualTo(BreakerState.OPEN);
    assertThat(rejected(origin).retryAfter()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void slowLoadsAndFailuresCountTogether() throws Exception {
    Origin slow =
        clock
            .origin()
            .circuitBreaker(
                CircuitBreaking.defaults()
                    .slowAfter(Duration.ofSeconds(1))
                    .ignoring(e -> !(e instanceof IOException)))
            .build();

    fail(slow, 4);
    slow.load(
        MISS,
        () -> {
          clock.advance(Duration.ofSeconds(1));
          return "v";
        });

    assertThat(slow.stats().breaker()).isEqualTo(BreakerState.OPEN);
  }

  @Test
  void aQuestionThatThrowsIsNobodyElsesTrouble() throws Exception {
    Origin odd =
        clock
            .origin()
            .maxConcurrentLoads(2)
            .circuitBreaker(
                CircuitBreaking.defaults()
                    .ignoring(
                        e -> {
                          throw new IllegalStateException("odd");
                        }))
            .build();

    odd.load(
        MISS,
        () ->
            odd.load(
                MISS,
                () -> {
                  clock.advance(TestClock.TIMEOUT);
                  // Both hang by now, and whoever comes next takes their permits back.
                  odd.load(MISS, () -> "v");
                  return odd.load(MISS, () -> odd.load(MISS, () -> "v"));
                }));

    // It counts as a failure, and its caller is told of that alone.
    fail(odd, 5);
    assertThat(odd.stats().breaker()).isEqualTo(BreakerState.OPEN);
  }
}
