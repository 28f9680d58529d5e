package dev.corral;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The flights that one thread leads at a time, and what became of them. Used by that thread alone.
 */
final class LedFlights<K, V> implements AutoCloseable {

  private record Led<K, V>(Flight<K, V> flight, Miss<K, V> miss) {}

  private final FlightStage<K, V> missPath;
  private final Map<K, Led<K, V>> open = new LinkedHashMap<>();
  private final Map<K, Entry<V>> entries = new LinkedHashMap<>();
  private final Map<K, CorralException> failures = new LinkedHashMap<>();

  LedFlights(FlightStage<K, V> missPath) {
    this.missPath = missPath;
  }

  /** Takes a flight that the current thread has started. */
  void add(Flight<K, V> flight, Miss<K, V> miss) {
    open.put(miss.key(), new Led<>(flight, miss));
  }

  /** Returns the misses that have not come to an end yet. */
  List<Miss<K, V>> open() {
    return open.values().stream().map(Led::miss).toList();
  }

  /** Ends the flight of a key with an entry. */
  void land(K key, Resolved<V> resolved) {
    Led<K, V> led = open.remove(key);
    if (led != null) {
      missPath.land(led.flight(), resolved);
      entries.put(key, resolved.entry());
    }
  }

  /** Ends the flight of a key with a failure, which is that of all who wait for it. */
  void fail(K key, CorralException failure) {
    Led<K, V> led = open.remove(key);
    if (led != null) {
      missPath.fail(led.flight(), failure);
      failures.put(key, failure);
    }
  }

  /** Resolves what is still open, one by one. */
  void resolveRest() {
    for (Led<K, V> led : new ArrayList<>(open.values())) {
      open.remove(led.miss().key());
      collect(() -> missPath.lead(led.flight(), led.miss()), led.miss().key());
    }
  }

  /** Resolves a miss whose flight another thread leads, or did. */
  void join(Miss<K, V> miss) {
    collect(() -> missPath.resolve(miss), miss.key());
  }

  private interface Attempt<V> {
    Resolved<V> make();
  }

  private void collect(Attempt<V> attempt, K key) {
    try {
      entries.put(key, attempt.make().entry());
    } catch (LoadInterruptedException e) {
      throw e;
    } catch (CorralException e) {
      failures.put(key, e);
    }
  }

  /** Returns what the flights came by that arrived. */
  Map<K, Entry<V>> entries() {
    return entries;
  }

  /** Returns why the others did not, the first that failed first. */
  Map<K, CorralException> failures() {
    return failures;
  }

  /** Leaves the flights that are still open to whoever waits for them. */
  @Override
  public void close() {
    open.values().forEach(led -> missPath.abandon(led.flight()));
    open.clear();
  }
}
