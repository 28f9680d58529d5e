package dev.corral.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.HandScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.exceptions.JedisConnectionException;

class BreakerTest {

  private static final Duration SLOW = Duration.ofMillis(500);

  /** Longer than the longest pause between two probes. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5).plusMillis(1);

  private final HandScheduler timer = new HandScheduler();
  private final Gate gate = new Gate(1);
  private final AtomicInteger probes = new AtomicInteger();
  private final Told told = new Told();
  private final Breaker breaker = new Breaker("test", SLOW, gate, this::probe, timer);
  private boolean away;
  private @Nullable Error failure;

  BreakerTest() {
    breaker.add(told);
  }

  @Test
  void fiveFailuresInARowOpenItWhateverWentBefore() throws Exception {
    for (int i = 0; i < 100; i++) {
      answer();
    }
    for (int i = 0; i < 4; i++) {
      fail("failure " + i);
    }
    assertThat(breaker.tryStep()).isNotNull();
    assertThat(told.isEmpty()).isTrue();

    fail("the last straw");

    assertThat(breaker.tryStep()).isNull();
    assertThat(told.next(Told.Unavailable.class).cause()).hasMessage("the last straw");
    assertThat(breaker.lastFailure()).hasMessage("the last straw");
  }

  @Test
  void failuresThatAreFewerThanHalfDoNotOpenIt() {
    for (int i = 0; i < 100; i++) {
      answer();
      fail("now and then");
      answer();
    }

    assertThat(breaker.tryStep()).isNotNull();
    assertThat(told.isEmpty()).isTrue();
  }

  @Test
  void slowAnswersOpenItLikeFailures() throws Exception {
    for (int i = 0; i < 5; i++) {
      trial().answered(SLOW.toNanos() + 1);
    }

    assertThat(breaker.tryStep()).isNull();
    assertThat(told.next(Told.Unavailable.class).cause()).hasMessage("Redis took 500 ms");
  }

  @Test
  void whatWasNotTriedCountsForNothing() {
    for (int i = 0; i < 100; i++) {
      trial().dropped();
    }
    for (int i = 0; i < 4; i++) {
      fail("failure");
    }

    assertThat(breaker.tryStep()).isNotNull();
  }

  @Test
  void whileItIsOpenOnlyTheProbeAsks() throws Exception {
    open();
    away = true;

    for (int i = 0; i < 10; i++) {
      timer.advance(LONGEST_PAUSE);
      assertThat(breaker.tryStep()).isNull();
    }

    assertThat(probes).hasValue(10);
    assertThat(told.isEmpty()).as("told anything more").isTrue();
  }

  @Test
  void theProbeComesSoonAtFirstAndThenAtGrowingIntervals() throws Exception {
    away = true;
    int soon = 0;
    int late = 0;
    for (int i = 0; i < 50; i++) {
      var fresh = new Breaker("fresh", SLOW, new Gate(1), this::probe, timer);
      open(fresh);
      int before = probes.get();
      timer.advance(Duration.ofMillis(250));
      soon += probes.get() - before;
      for (int j = 0; j < 10; j++) {
        timer.advance(LONGEST_PAUSE);
      }
      before = probes.get();
      timer.advance(Duration.ofMillis(250));
      late += probes.get() - before;
      fresh.close();
    }

    assertThat(soon).isEqualTo(50);
    assertThat(late).as("within a twentieth of the longest pause, of 50").isLessThan(15);
  }

  @Test
  void onceTheProbeIsAnsweredThreeStepsAreLetThroughAndCloseIt() throws Exception {
    open();
    timer.advance(LONGEST_PAUSE);

    List<Breaker.Trial> trials = List.of(trial(), trial(), trial());
    assertThat(breaker.tryStep()).isNull();
    trials.forEach(trial -> trial.answered(1));

    told.next(Told.Available.class);
    for (int i = 0; i < 100; i++) {
      answer();
    }
    assertThat(probes).hasValue(1);
  }

  @Test
  void aStepThatIsLetThroughAndNotTriedMakesRoomForAnother() throws Exception {
    open();
    timer.advance(LONGEST_PAUSE);

    for (int i = 0; i < 10; i++) {
      trial().dropped();
    }
    for (int i = 0; i < 3; i++) {
      answer();
    }

    told.next(Told.Available.class);
  }

  @Test
  void oneFailureOfThoseThatAreLetThroughOpensItAgain() throws Exception {
    open();
    timer.advance(LONGEST_PAUSE);

    answer();
    fail("again");

    assertThat(breaker.tryStep()).isNull();
    assertThat(told.isEmpty()).as("told that it was ever back").isTrue();
    timer.advance(LONGEST_PAUSE);
    for (int i = 0; i < 3; i++) {
      answer();
    }
    told.next(Told.Available.class);
  }

  // A command timeout may be longer than an outage: those who were caught by it come back later.
  @Test
  void whatBeganBeforeTheProbeWasAnsweredSaysNothing() throws Exception {
    List<Breaker.Trial> caught = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      caught.add(trial());
    }
    open();
    timer.advance(LONGEST_PAUSE);

    caught.forEach(trial -> trial.failed(1, new JedisConnectionException("Read timed out")));
    for (int i = 0; i < 3; i++) {
      answer();
    }

    told.next(Told.Available.class);
    assertThat(told.isEmpty()).isTrue();
  }

  @Test
  void aRegionThatComesMeanwhileIsToldAtOnce() throws Exception {
    open();
    Told late = new Told();

    breaker.add(late);

    late.next(Told.Unavailable.class);
    Told gone = new Told();
    breaker.add(gone);
    gone.next(Told.Unavailable.class);
    breaker.remove(gone);
    timer.advance(LONGEST_PAUSE);
    for (int i = 0; i < 3; i++) {
      answer();
    }
    late.next(Told.Available.class);
    assertThat(gone.isEmpty()).isTrue();
  }

  @Test
  void whoSeesRedisAnswerSavesTheWaitForTheProbe() throws Exception {
    open();

    breaker.hint();
    timer.advance(Duration.ZERO);

    assertThat(probes).hasValue(1);
    assertThat(breaker.tryStep()).isNotNull();
    assertThat(timer.waiting()).isZero();
  }

  @Test
  void theGateIsShutWhileItIsOpen() throws Exception {
    open();
    assertThat(gate.enter(0)).isEqualTo(Gate.Pass.SHUT);

    timer.advance(LONGEST_PAUSE);

    assertThat(gate.enter(0)).isEqualTo(Gate.Pass.FREE);
  }

  @Test
  void onceClosedItAsksNoMore() throws Exception {
    open();

    breaker.close();

    assertThat(timer.waiting()).isZero();
  }

  @Test
  void whateverAProbeThrowsTheNextOneComes() throws Exception {
    failure = new OutOfMemoryError("Java heap space");
    open();
    timer.advance(LONGEST_PAUSE);
    failure = null;

    timer.advance(LONGEST_PAUSE);

    assertThat(probes).hasValue(2);
    for (int i = 0; i < 3; i++) {
      answer();
    }
    told.next(Told.Available.class);
  }

  @Test
  void aRegionMayGoWhenItIsToldThatRedisIsAway() throws Exception {
    for (int i = 0; i < 3; i++) {
      breaker.add(
          new Told() {
            @Override
            public void unavailable(Throwable cause) {
              breaker.remove(this);
            }
          });
    }

    open();
    timer.advance(LONGEST_PAUSE);

    assertThat(probes).hasValue(1);
    assertThat(breaker.tryStep()).isNotNull();
  }

  @Test
  void aRegionThatThrowsWhenItIsToldKeepsNothingFromTheOthersNorTheProbeFromComing()
      throws Exception {
    for (int i = 0; i < 3; i++) {
      breaker.add(
          new Told() {
            @Override
            public void unavailable(Throwable cause) {
              throw new StackOverflowError();
            }
          });
    }

    open();
    timer.advance(LONGEST_PAUSE);

    assertThat(probes).hasValue(1);
    assertThat(breaker.tryStep()).isNotNull();
  }

  // A listener may wait for a thread that asks the breaker for something.
  @Test
  void whoIsToldMayWaitForAnotherRegionToCome() throws Exception {
    Told late = new Told();
    breaker.add(
        new Told() {
          @Override
          public void unavailable(Throwable cause) {
            assertThat(CompletableFuture.runAsync(() -> breaker.add(late)))
                .succeedsWithin(Duration.ofSeconds(10));
          }
        });

    open();

    late.next(Told.Unavailable.class);
  }

  private void probe() {
    probes.incrementAndGet();
    if (failure != null) {
      throw failure;
    }
    if (away) {
      throw new JedisConnectionException("still away");
    }
  }

  private void open() throws InterruptedException {
    open(breaker);
    told.next(Told.Unavailable.class);
  }

  private static void open(Breaker one) {
    for (int i = 0; i < 5; i++) {
      Objects.requireNonNull(one.tryStep()).failed(1, new JedisConnectionException("away"));
    }
  }

  private void answer() {
    trial().answered(1);
  }

  private void fail(String message) {
    trial().failed(1, new JedisConnectionException(message));
  }

  private Breaker.Trial trial() {
    return Objects.requireNonNull(breaker.tryStep());
  }
}
