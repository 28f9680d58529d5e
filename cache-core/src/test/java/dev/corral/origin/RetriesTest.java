package dev.corral.origin;

import static dev.corral.origin.TestClock.MISS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class RetriesTest {

  private static final Retries TWICE =
      Retries.upTo(2)
          .on(TimeoutException.class)
          .backoff(Duration.ofMillis(100), Duration.ofMillis(150));

  /** A failure that says when to come back. */
  private static final class Busy extends IOException implements RetryAfter {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    private Busy(Duration retryAfter) {
      super("busy");
      this.retryAfter = retryAfter;
    }

    @Override
    public Duration retryAfter() {
      return retryAfter;
    }
  }

  private final TestClock clock = new TestClock();
  private final Origin origin = clock.origin().retries(TWICE).build();

  @Test
  void aTransientFailureIsTriedAgainAfterAPartOfAGrowingWindow() throws Exception {
    Scripted load = Scripted.failing(new TimeoutException(), new TimeoutException());

    assertThat(origin.load(MISS, load)).isEqualTo("v");

    assertThat(load.calls()).isEqualTo(3);
    assertThat(clock.pauses()).containsExactly(Duration.ofMillis(50), Duration.ofMillis(75));
    OriginStats stats = origin.stats();
    assertThat(stats.loads()).isOne();
    assertThat(stats.attempts()).isEqualTo(3);
    assertThat(stats.retries()).isEqualTo(2);
    assertThat(stats.failures()).isEqualTo(2);
    assertThat(stats.amplification()).isEqualTo(3);
  }

  @Test
  void afterTheLastRetryTheLastFailureIsTold() {
    TimeoutException last = new TimeoutException("last");
    Scripted load = Scripted.failing(new TimeoutException(), new TimeoutException(), last);

    assertThatThrownBy(() -> origin.load(MISS, load)).isSameAs(last);

    assertThat(load.calls()).isEqualTo(3);
  }

  @Test
  void whatWasNotDeclaredTransientIsNotTriedAgain() {
    Scripted load = Scripted.failing(new IOException("broken"));

    assertThatThrownBy(() -> origin.load(MISS, load)).hasMessage("broken");

    assertThat(load.calls()).isOne();
    assertThat(clock.pauses()).isEmpty();
  }

  @Test
  void anErrorIsNotTriedAgain() {
    Origin all = clock.origin().retries(TWICE.when(failure -> true)).build();

    assertThatThrownBy(
            () ->
                all.load(
                    MISS,
                    () -> {
                      throw new StackOverflowError();
                    }))
        .isInstanceOf(StackOverflowError.class);

    assertThat(all.stats().attempts()).isOne();
  }

  @Test
  void noRetryBeginsAfterTheTimeOfItsCaller() {
    LoadRequest hurried = new LoadRequest(Priority.MISS, Duration.ofMillis(50), TestClock.TIMEOUT);
    Scripted load = Scripted.failing(new TimeoutException());

    assertThatThrownBy(() -> origin.load(hurried, load)).isInstanceOf(TimeoutException.class);

    assertThat(load.calls()).isOne();
    assertThat(origin.stats().retriesRefused()).isZero();
  }

  @Test
  void aFailureThatSaysWhenToComeBackIsTakenAtItsWord() throws Exception {
    Origin polite = clock.origin().retries(TWICE.on(IOException.class)).build();
    Scripted load = Scripted.failing(new IOException("wrapped", new Busy(Duration.ofSeconds(2))));

    assertThat(polite.load(MISS, load)).isEqualTo("v");

    assertThat(clock.pauses()).containsExactly(Duration.ofMillis(2050));
  }

  @Test
  void aFailureThatWantsMoreTimeThanThereIsIsNotTriedAgain() {
    Origin polite = clock.origin().retries(TWICE.on(IOException.class)).build();
    Scripted load = Scripted.failing(new Busy(TestClock.PATIENCE));

    assertThatThrownBy(() -> polite.load(MISS, load)).isInstanceOf(Busy.class);

    assertThat(load.calls()).isOne();
  }

  @Test
  void aThreadThatWasInterruptedDoesNotTryAgain() {
    try {
      assertThatThrownBy(
              () ->
                  origin.load(
                      MISS,
                      () -> {
                        Thread.currentThread().interrupt();
                        throw new TimeoutException("wraps the interrupt");
                      }))
          .isInstanceOf(TimeoutException.class);
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      boolean unused = Thread.interrupted();
    }
    assertThat(origin.stats().attempts()).isOne();
    assertThat(origin.stats().failures()).isZero();
  }

  @Test
  void aRetryThatIsRejectedTellsTheFailureBeforeIt() {
    Origin guarded =
        clock
            .origin()
            .retries(TWICE)
            .circuitBreaker(CircuitBreaking.defaults().failures(1))
            .build();
    TimeoutException first = new TimeoutException("first");

    assertThatThrownBy(() -> guarded.load(MISS, Scripted.failing(first)))
        .isSameAs(first)
        .satisfies(e -> assertThat(e.getSuppressed()[0]).isInstanceOf(Rejection.class));

    assertThat(guarded.stats().amplification()).isOne();
  }
}
