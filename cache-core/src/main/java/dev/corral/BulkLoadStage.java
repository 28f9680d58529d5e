package dev.corral;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Loads several keys for this process alone, in one call of the loader. */
final class BulkLoadStage<K, V> implements BulkStage<K, V> {

  private final Loads<K, V> loads;
  private final LoadStage<K, V> load;
  private final FailureMemory<K> failures;

  BulkLoadStage(Loads<K, V> loads, LoadStage<K, V> load, FailureMemory<K> failures) {
    this.loads = loads;
    this.load = load;
    this.failures = failures;
  }

  @Override
  public void resolveAll(List<Miss<K, V>> misses, BulkLoader<K, V> loader, LedFlights<K, V> led) {
    List<Miss<K, V>> allowed = new ArrayList<>();
    for (Miss<K, V> miss : misses) {
      LoadFailedException standing = failures.standing(miss.key());
      if (standing == null) {
        allowed.add(miss);
      } else {
        led.fail(miss.key(), standing);
      }
    }
    if (!allowed.isEmpty()) {
      loadAll(allowed, loader, led);
    }
  }

  private void loadAll(List<Miss<K, V>> misses, BulkLoader<K, V> loader, LedFlights<K, V> led) {
    List<K> keys = misses.stream().map(Miss::key).toList();
    Map<K, Era> eras = new HashMap<>();
    keys.forEach(key -> eras.put(key, load.eraOf(key)));
    Map<K, Loaded<V>> loaded;
    try {
      loaded = loads.loadAll(misses, loader);
    } catch (LoadFailedException e) {
      keys.forEach(key -> led.fail(key, failures.remember(key, e.forKey(key))));
      return;
    } catch (LoadRejectedException e) {
      keys.forEach(key -> led.fail(key, e.forKey(key)));
      return;
    } catch (Error e) {
      keys.forEach(key -> led.fail(key, failures.remember(key, loads.failed(key, e))));
      throw e;
    }
    keys.forEach(failures::forget);
    loaded.forEach(
        (key, each) -> led.land(key, load.keep(key, each, Objects.requireNonNull(eras.get(key)))));
  }
}
