package dev.corral;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The flights of this process, and the one way into the local tier.
 *
 * <p>Per key there are two atomic steps, and the order in which they come decides every race
 * between a load and an invalidation. <em>Landing</em> fills the local tier (or empties it, if what
 * was loaded is not to be kept) and removes the flight, if the flight is still here.
 * <em>Dooming</em> drops the local entry and removes the flight, so that it will not land and
 * nobody joins it any more; those who joined before still get its outcome. A flight is here before
 * it asks the remote tier for anything, so an invalidation that it could miss finds it.
 */
final class Flights<K, V> {

  private final LocalTier<K, V> local;
  private final Eras eras;
  // Guards both the flight of a key and, for writers, its local entry.
  private final ConcurrentMap<K, Flight<K, V>> flights = new ConcurrentHashMap<>();

  Flights(LocalTier<K, V> local, Eras eras) {
    this.local = local;
    this.eras = eras;
  }

  /** Returns the flight of a key, which is new and not started if there was none. */
  Flight<K, V> join(K key) {
    Flight<K, V> running = flights.get(key);
    return running != null ? running : flights.computeIfAbsent(key, Flight::new);
  }

  /** Returns the flight of a key, or null if there is none. */
  @Nullable Flight<K, V> underWay(K key) {
    return flights.get(key);
  }

  /** Whether the current thread leads the flight of a key, and it has not been doomed. */
  boolean isLedByCurrentThread(K key) {
    Flight<K, V> flight = flights.get(key);
    return flight != null && flight.isLedByCurrentThread();
  }

  /** Whether a flight has neither ended nor been doomed. */
  boolean has(Flight<K, V> flight) {
    return flights.get(flight.key()) == flight;
  }

  /** Returns a new flight of a key, to be started by then, or null if there is one already. */
  @Nullable Flight<K, V> openIfNone(K key, long startBy) {
    Flight<K, V> flight = new Flight<>(key, startBy);
    return flights.putIfAbsent(key, flight) == null ? flight : null;
  }

  /** Fills the local tier and removes the flight, in one step, unless the flight was doomed. */
  void land(Flight<K, V> flight, Entry<V> entry) {
    land(flight, key -> local.fill(key, entry));
  }

  /** Drops the local entry and removes the flight, in one step, unless the flight was doomed. */
  void landEmpty(Flight<K, V> flight) {
    land(flight, local::drop);
  }

  private void land(Flight<K, V> flight, Consumer<K> step) {
    flights.computeIfPresent(
        flight.key(),
        (key, current) -> {
          if (current != flight) {
            return current;
          }
          step.accept(key);
          return null;
        });
  }

  /** Removes a flight that ended without an entry to keep, or has used up its time. */
  void remove(Flight<K, V> flight) {
    flights.remove(flight.key(), flight);
  }

  /** Drops the local entry of a key and dooms its flight, in one step. */
  void doom(K key) {
    flights.compute(
        key,
        (k, current) -> {
          local.drop(k);
          return null;
        });
  }

  /**
   * Drops all local entries and dooms all flights that began before this call.
   *
   * <p>The eras come first. Without them, a reader that opens a flight after the flights had their
   * turn, and before the entries have theirs, finds an old entry, and lands it again after it was
   * dropped; nobody would take it for old.
   */
  void doomAll() {
    eras.endAll();
    for (K key : flights.keySet()) {
      doom(key);
    }
    local.dropAll();
  }

  /**
   * Dooms the flights of the keys that are chosen, and leaves the local entries: those of an era
   * that has ended are not served anyway.
   */
  void doomWhere(Predicate<K> chosen) {
    flights.keySet().removeIf(chosen);
  }

  /**
   * Dooms the flight of a key and, in the same step, fills the local tier if a question is answered
   * with yes, or else empties it.
   */
  void fillOrDoom(K key, Entry<V> entry, BooleanSupplier question) {
    flights.compute(
        key,
        (k, current) -> {
          if (question.getAsBoolean()) {
            local.fill(k, entry);
          } else {
            local.drop(k);
          }
          return null;
        });
  }

  /** Fills the local tier with a value that no load brought, and dooms the flight of its key. */
  void fill(K key, Entry<V> entry) {
    flights.compute(
        key,
        (k, current) -> {
          local.fill(k, entry);
          return null;
        });
  }
}
