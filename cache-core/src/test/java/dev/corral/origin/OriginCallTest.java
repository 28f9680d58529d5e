package dev.corral.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OriginCallTest {

  private static final LoadRequest AT_ONCE =
      new LoadRequest(Priority.MISS, Duration.ZERO, TestClock.TIMEOUT);

  private final TestClock clock = new TestClock();

  @Test
  void attemptsOfOthersAreCountedLikeThoseOfLoads() throws Exception {
    Origin origin = clock.origin().retryBudget(0, 1).build();
    OriginCall call = origin.begin();

    call.attempt(AT_ONCE).failed(new IOException());
    boolean first = call.tryRetry();
    call.attempt(AT_ONCE).succeeded();
    boolean second = call.tryRetry();

    assertThat(first).isTrue();
    assertThat(second).isFalse();
    OriginStats stats = origin.stats();
    assertThat(stats.loads()).isOne();
    assertThat(stats.attempts()).isEqualTo(2);
    assertThat(stats.retries()).isOne();
    assertThat(stats.failures()).isOne();
    assertThat(stats.retriesRefused()).isOne();
    assertThat(stats.running()).isZero();
  }

  @Test
  void withoutPatienceAFullOriginRejectsAtOnceAndAPermitComesBack() throws Exception {
    Origin origin = clock.origin().maxConcurrentLoads(1).build();
    OriginAttempt running = origin.begin().attempt(AT_ONCE);

    assertThatExceptionOfType(Rejection.class)
        .isThrownBy(() -> origin.begin().attempt(AT_ONCE))
        .returns(Limit.CONCURRENCY, Rejection::limit);
    running.brokenOff();
    origin.begin().attempt(AT_ONCE).succeeded();

    assertThat(origin.stats().rejected()).containsEntry(Limit.CONCURRENCY, 1L);
    assertThat(origin.stats().failures()).isZero();
  }

  @Test
  void whatFailsOpensTheBreakerAndWhatIsBrokenOffDoesNot() throws Exception {
    Origin origin = clock.origin().circuitBreaker(CircuitBreaking.defaults().failures(2)).build();

    origin.begin().attempt(AT_ONCE).brokenOff();
    origin.begin().attempt(AT_ONCE).failed(new IOException());
    assertThat(origin.stats().breaker()).isEqualTo(BreakerState.CLOSED);
    origin.begin().attempt(AT_ONCE).failed(new IOException());

    assertThat(origin.stats().breaker()).isEqualTo(BreakerState.OPEN);
    assertThatExceptionOfType(Rejection.class)
        .isThrownBy(() -> origin.begin().attempt(AT_ONCE))
        .returns(Limit.CIRCUIT_BREAKER, Rejection::limit);
  }

  @Test
  void anAttemptThatIsNeverEndedIsTakenToHang() throws Exception {
    Origin origin = clock.origin().maxConcurrentLoads(1).build();
    OriginAttempt forgotten = origin.begin().attempt(AT_ONCE);

    clock.advance(TestClock.TIMEOUT);
    origin.begin().attempt(AT_ONCE).succeeded();
    forgotten.succeeded();

    assertThat(origin.stats().givenUp()).isOne();
    assertThat(origin.stats().running()).isZero();
  }
}
