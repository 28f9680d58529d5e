package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.remote.Id;
import dev.corral.remote.LoadOutcome;
import dev.corral.remote.Lookup;
import dev.corral.remote.StoredFailure;
import dev.corral.stats.StatsCounter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PeerWaitTest {

  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Id TOKEN = Id.from(new byte[Id.BYTES], 0);
  private static final Lookup.Taken TAKEN = new Lookup.Taken(TOKEN, false, Duration.ofSeconds(3));
  private static final LoadOutcome FAILED =
      new LoadOutcome.Failed(TOKEN, new StoredFailure(new byte[0]), Duration.ofMillis(1));

  private final Waits waits = new Waits();
  private final AtomicInteger asked = new AtomicInteger();

  private LoadOutcome await(PeerWait.Registration registration, Duration pushGrace) {
    PeerWait<Long, String> wait =
        new PeerWait<>(
            "test",
            registration,
            waits,
            Ticker.system(),
            new StatsCounter(),
            new Observers("test", List.of()),
            pushGrace);
    Miss<Long, String> miss =
        Miss.read(
            1L, (key, context) -> "never", System.nanoTime(), LONG.toNanos(), Miss.ANY_AGE, null);
    return wait.await(miss, "1", TAKEN);
  }

  @Test
  void aPushThatIsSlowerThanTheNewsOfTheLeasesEndIsWaitedFor() throws Exception {
    LoadOutcome outcome =
        await(
            (text, taken) -> {
              if (asked.incrementAndGet() == 1) {
                return Optional.of(Duration.ofMillis(1));
              }
              // The lease is gone. Whoever ended it told so first, on another connection.
              Call<Object> unused = pushOnceWaiting(Thread.currentThread());
              return Optional.empty();
            },
            LONG);

    assertThat(outcome).isSameAs(FAILED);
    assertThat(asked).hasValue(2);
  }

  private Call<Object> pushOnceWaiting(Thread waiter) {
    return Call.start(
        () -> {
          while (waiter.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
          }
          waits.ended("1", FAILED);
          return "pushed";
        });
  }

  @Test
  void aPushThatIsLostIsNotWaitedForLong() {
    LoadOutcome outcome =
        await(
            (text, taken) ->
                asked.incrementAndGet() == 1 ? Optional.of(Duration.ofMillis(1)) : Optional.empty(),
            Duration.ofMillis(1));

    assertThat(outcome).isInstanceOf(LoadOutcome.LookAgain.class);
  }

  @Test
  void whoComesTooLateToBeToldLooksAgainAtOnce() {
    LoadOutcome outcome = await((text, taken) -> Optional.empty(), LONG);

    assertThat(outcome).isInstanceOf(LoadOutcome.LookAgain.class);
  }
}
