package dev.corral;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Resolves the misses of several keys together, each key still in a flight of its own.
 *
 * <p>This thread first ends the flights that it could start, all of them, and only then waits for
 * those that others lead: so no two threads wait for each other, whatever the order of their keys.
 */
final class BulkPath<K, V> {

  private final Flights<K, V> flights;
  private final FlightStage<K, V> missPath;
  private final BulkStage<K, V> next;

  BulkPath(Flights<K, V> flights, FlightStage<K, V> missPath, BulkStage<K, V> next) {
    this.flights = flights;
    this.missPath = missPath;
    this.next = next;
  }

  /** Comes by an entry, or a failure, for each miss. */
  LedFlights<K, V> resolve(Collection<Miss<K, V>> misses, BulkLoader<K, V> loader) {
    List<Miss<K, V>> joined = new ArrayList<>();
    try (LedFlights<K, V> led = new LedFlights<>(missPath)) {
      for (Miss<K, V> miss : misses) {
        Flight<K, V> flight = flights.join(miss.key());
        if (flight.tryStart(miss.deadline())) {
          led.add(flight, miss);
        } else {
          joined.add(miss);
        }
      }
      led.open().forEach(miss -> landIfPresent(led, miss));
      List<Miss<K, V>> missing = led.open();
      if (!missing.isEmpty()) {
        next.resolveAll(missing, loader, led);
        led.resolveRest();
      }
      joined.forEach(led::join);
      return led;
    }
  }

  private void landIfPresent(LedFlights<K, V> led, Miss<K, V> miss) {
    Entry<V> landed = missPath.findLanded(miss);
    if (landed != null) {
      led.land(miss.key(), Resolved.kept(landed));
    }
  }
}
