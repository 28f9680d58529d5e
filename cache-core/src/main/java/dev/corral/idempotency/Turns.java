package dev.corral.idempotency;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is in this process, by request. A hundred callers with one key ask the store as
 * one: else those who wait take the connections that the one who runs needs to renew its
 * reservation, and to end it before it expires.
 */
final class Turns {

  private record Request(IdempotencyKey key, Fingerprint fingerprint) {}

  private final ConcurrentMap<Request, Turn> turns = new ConcurrentHashMap<>();

  /** Makes it the given turn, and returns null; or returns the turn that it is. */
  @Nullable Turn take(ReserveRequest request, Turn turn) {
    return turns.putIfAbsent(of(request), turn);
  }

  /** Passes on to whoever waits, or comes next. A turn that has been passed on before stays so. */
  void pass(ReserveRequest request, Turn turn) {
    // Out of the map first: whoever is woken must not find it there again.
    turns.remove(of(request), turn);
    turn.pass();
  }

  private static Request of(ReserveRequest request) {
    return new Request(request.key(), request.fingerprint());
  }

  /** Returns how many requests somebody asks for. */
  int size() {
    return turns.size();
  }
}
