package dev.corral.idempotency;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Asks the store for keys, and waits for those that somebody else has. */
final class Asking {

  private final IdempotencyStore store;
  private final LateEndings lateEndings;
  private final LongSupplier ticker;

  Asking(IdempotencyStore store, LateEndings lateEndings, LongSupplier ticker) {
    this.store = store;
    this.lateEndings = lateEndings;
    this.ticker = ticker;
  }

  /** Asks once. */
  ReserveAnswer ask(ReserveRequest request) {
    try {
      return store.reserve(request);
    } catch (IdempotencyStoreException e) {
      if (!e.isRefused()) {
        // It may have been reserved for this call, which runs nothing.
        lateEndings.release(request.granted(1));
      }
      throw e;
    }
  }

  /**
   * Asks again whenever the key may have changed, until it has or the time is over.
   *
   * @param deadline by the ticker
   */
  ReserveAnswer askUntil(ReserveRequest request, long deadline) throws InterruptedException {
    try (Watch watch = store.watch(request.key())) {
      while (true) {
        // The first time too: what happened before the watch began, nobody told it.
        ReserveAnswer answer = ask(request);
        long left = deadline - ticker.getAsLong();
        if (!(answer instanceof ReserveAnswer.InProgress held) || left <= 0) {
          return answer;
        }
        watch.await(shorter(Duration.ofNanos(left), held.left()));
      }
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
