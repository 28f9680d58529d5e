package dev.corral.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A front in memory keeps the contract of the store behind it. */
class LayeredIdempotencyStoreTest extends IdempotencyStoreContract {

  private static final StoredOutcome DONE = new StoredOutcome("done".getBytes(UTF_8));

  private final HandTime time = new HandTime();
  private final InMemoryIdempotencyStore truth = new InMemoryIdempotencyStore(time);

  @Override
  protected IdempotencyStore open() {
    return new LayeredIdempotencyStore(truth, new InMemoryOutcomeFront(1 << 20, time));
  }

  @Override
  protected void passTime(Duration passed) {
    time.advance(passed);
  }

  private ReserveRequest request() {
    return new ReserveRequest(key, ONE, UUID.randomUUID(), LONG, LONG, DeadHolderPolicy.RUN_AGAIN);
  }

  @Test
  void whatWasReplayedOnceIsReplayedWithoutTheStoreBehind() {
    FaultyStore faulty = new FaultyStore(truth, time);
    IdempotencyStore layered =
        new LayeredIdempotencyStore(faulty, new InMemoryOutcomeFront(1 << 20, time));
    layered.complete(reserved(layered.reserve(request())), DONE);
    layered.reserve(request());
    faulty.failNext("reserve");

    assertThat(layered.reserve(request()))
        .isInstanceOfSatisfying(
            ReserveAnswer.Done.class,
            done -> {
              assertThat(done.outcome()).isEqualTo(DONE);
              assertThat(done.left()).isEqualTo(LONG);
            });
  }

  @Test
  void theFrontForgetsWhenTheStoreBehindDoes() {
    store.complete(reserved(store.reserve(request())), DONE);
    time.advance(LONG.dividedBy(2));
    store.reserve(request());
    time.advance(LONG.dividedBy(2));

    assertThat(store.reserve(request())).isInstanceOf(ReserveAnswer.Reserved.class);
  }

  @Test
  void aFrontThatFailsIsDoneWithout() {
    IdempotencyStore layered =
        new LayeredIdempotencyStore(
            truth,
            new OutcomeFront() {
              @Override
              public Optional<Finished> find(IdempotencyKey some) {
                throw new IdempotencyStoreException("away", null);
              }

              @Override
              public void put(IdempotencyKey some, Finished finished) {
                throw new IdempotencyStoreException("away", null);
              }
            });
    layered.complete(reserved(layered.reserve(request())), DONE);

    assertThat(layered.reserve(request())).isInstanceOf(ReserveAnswer.Done.class);
  }

  @Test
  void aFrontTakesNoMoreMemoryThanItMay() {
    InMemoryOutcomeFront front = new InMemoryOutcomeFront(0, time);
    front.put(key, new OutcomeFront.Finished(ONE, DONE, LONG));

    // Caffeine makes room in the background.
    Awaitility.await().untilAsserted(() -> assertThat(front.find(key)).isEmpty());
  }
}
