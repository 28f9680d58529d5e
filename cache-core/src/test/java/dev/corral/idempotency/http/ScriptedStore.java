package dev.corral.idempotency.http;

import dev.corral.idempotency.EndAnswer;
import dev.corral.idempotency.IdempotencyKey;
import dev.corral.idempotency.IdempotencyStore;
import dev.corral.idempotency.IdempotencyStoreException;
import dev.corral.idempotency.Reservation;
import dev.corral.idempotency.ReserveAnswer;
import dev.corral.idempotency.ReserveRequest;
import dev.corral.idempotency.StoredOutcome;
import dev.corral.idempotency.Watch;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A store that answers what a test says, as long as it says something. */
final class ScriptedStore implements IdempotencyStore {

  private final IdempotencyStore store;
  private final Queue<ReserveAnswer> reserving = new ConcurrentLinkedQueue<>();
  private final Queue<EndAnswer> completing = new ConcurrentLinkedQueue<>();
  private final Queue<EndAnswer> releasing = new ConcurrentLinkedQueue<>();
  private volatile boolean away;

  ScriptedStore(IdempotencyStore store) {
    this.store = store;
  }

  void nextReserve(ReserveAnswer answer) {
    reserving.add(answer);
  }

  void nextComplete(EndAnswer answer) {
    completing.add(answer);
  }

  void nextRelease(EndAnswer answer) {
    releasing.add(answer);
  }

  void goAway(boolean isAway) {
    away = isAway;
  }

  private void check() {
    if (away) {
      throw new IdempotencyStoreException("The store is away", null);
    }
  }

  @Override
  public ReserveAnswer reserve(ReserveRequest request) {
    check();
    ReserveAnswer scripted = reserving.poll();
    return scripted == null ? store.reserve(request) : scripted;
  }

  @Override
  public boolean renew(Reservation reservation) {
    check();
    return store.renew(reservation);
  }

  @Override
  public EndAnswer complete(Reservation reservation, StoredOutcome outcome) {
    check();
    EndAnswer scripted = completing.poll();
    return scripted == null ? store.complete(reservation, outcome) : scripted;
  }

  @Override
  public EndAnswer release(Reservation reservation) {
    check();
    EndAnswer scripted = releasing.poll();
    return scripted == null ? store.release(reservation) : scripted;
  }

  @Override
  public Watch watch(IdempotencyKey key) {
    return store.watch(key);
  }

  @Override
  public int purge(int most) {
    return store.purge(most);
  }

  @Override
  public void close() {
    store.close();
  }
}
