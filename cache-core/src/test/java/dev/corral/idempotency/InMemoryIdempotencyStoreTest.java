package dev.corral.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
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
