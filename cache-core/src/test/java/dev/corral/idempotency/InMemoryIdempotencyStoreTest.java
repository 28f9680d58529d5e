package dev.corral.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class InMemoryIdempotencyStoreTest extends IdempotencyStoreContract {

  private final HandTime time = new HandTime();
  private final InMemoryIdempotencyStore shared = new InMemoryIdempotencyStore(time);

  @Override
  protected IdempotencyStore open() {
    return shared;
  }

  @Override
  protected void passTime(Duration passed) {
    time.advance(passed);
  }

  // The one comes between the look of the other at the record and what it makes of it.
  @Test
  void ofTwoWhoFindAHolderThatDiedInTheSameInstantOneTakesItsPlace() throws Exception {
    AtomicReference<Runnable> onRead = new AtomicReference<>();
    var store =
        new InMemoryIdempotencyStore(
            () -> {
              Runnable now = onRead.getAndSet(null);
              if (now != null) {
                now.run();
              }
              return time.getAsLong();
            });
    store.reserve(request(ONE, SHORT, LONG));
    time.advance(LONGER);
    FutureTask<ReserveAnswer> other =
        new FutureTask<>(() -> store.reserve(request(ONE, LONG, LONG)));
    Thread thread = new Thread(other);
    onRead.set(
        () -> {
          thread.start();
          // It waits for the record, or is through.
          await()
              .until(
                  () ->
                      thread.getState() == Thread.State.BLOCKED
                          || thread.getState() == Thread.State.TERMINATED);
        });

    ReserveAnswer one = store.reserve(request(ONE, LONG, LONG));

    assertThat(List.of(one, other.get()))
        .filteredOn(ReserveAnswer.Reserved.class::isInstance)
        .hasSize(1);
  }

  @Test
  void purgingDropsSoManyAndNoMore() {
    for (int i = 0; i < 5; i++) {
      IdempotencyKey some = IdempotencyKey.of("acme", "charge", "key " + i);
      shared.reserve(
          new ReserveRequest(
              some, ONE, UUID.randomUUID(), SHORT, SHORT, DeadHolderPolicy.RUN_AGAIN));
    }
    time.advance(LONGER);

    assertThat(shared.purge(3)).isEqualTo(3);
    assertThat(shared.purge(3)).isEqualTo(2);
    assertThat(shared.size()).isZero();
  }
}
