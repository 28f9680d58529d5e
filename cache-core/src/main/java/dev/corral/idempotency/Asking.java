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

  /**
   * What the store answered.
   *
   * @param since when it was asked for what it granted, by the ticker: a reservation lasts at least
   *     its time from then on
   */
  record Answered(ReserveAnswer answer, long since) {}

  /**
   * Asks once. A reservation whose answer took long is confirmed before it is answered, and asked
   * for anew if it is lost: its action must not begin when another one may have begun.
   *
   * @throws IdempotencyStoreException if it fails, or takes longer than a reservation lasts
   */
  Answered ask(ReserveRequest request) {
    while (true) {
      long since = ticker.getAsLong();
      ReserveAnswer answer = reserve(request);
      if (!(answer instanceof ReserveAnswer.Reserved reserved) || !isLate(request, since)) {
        return new Answered(answer, since);
      }
      long confirmed = ticker.getAsLong();
      if (renew(reserved.reservation())) {
        return new Answered(answer, unexpired(reserved.reservation(), confirmed));
      }
    }
  }

  private boolean isLate(ReserveRequest request, long since) {
    return ticker.getAsLong() - since >= request.reservationTime().toNanos() / 3;
  }

  private long unexpired(Reservation reservation, long since) {
    if (ticker.getAsLong() - since >= reservation.time().toNanos()) {
      lateEndings.release(reservation);
      throw new IdempotencyStoreException(
          "The store took longer to reserve %s than a reservation lasts: %s"
              .formatted(reservation.key(), reservation.time()),
          null);
    }
    return since;
  }

  private boolean renew(Reservation reservation) {
    try {
      return store.renew(reservation);
    } catch (IdempotencyStoreException e) {
      lateEndings.release(reservation);
      throw e;
    }
  }

  private ReserveAnswer reserve(ReserveRequest request) {
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
  Answered askUntil(ReserveRequest request, long deadline) throws InterruptedException {
    try (Watch watch = store.watch(request.key())) {
      while (true) {
        // The first time too: what happened before the watch began, nobody told it.
        Answered answered = ask(request);
        long left = deadline - ticker.getAsLong();
        if (!(answered.answer() instanceof ReserveAnswer.InProgress held) || left <= 0) {
          return answered;
        }
        watch.await(shorter(Duration.ofNanos(left), held.left()));
      }
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
