package dev.corral;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Loads several keys for this process alone, in as few calls of the loader as may be. */
final class BulkLoadStage<K, V> implements BulkStage<K, V> {

  private final Loads<K, V> loads;
  private final LoadStage<K, V> load;
  private final FailureMemory<K> failures;
  private final int maximumBatchSize;

  BulkLoadStage(
      Loads<K, V> loads, LoadStage<K, V> load, FailureMemory<K> failures, int maximumBatchSize) {
    this.loads = loads;
    this.load = load;
    this.failures = failures;
    this.maximumBatchSize = maximumBatchSize;
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
    for (List<Miss<K, V>> batch : Batches.of(allowed, maximumBatchSize)) {
      loadAll(batch, loader, led);
    }
  }

  private void loadAll(List<Miss<K, V>> misses, BulkLoader<K, V> loader, LedFlights<K, V> led) {
    List<K> keys = misses.stream().map(Miss::key).toList();
    Map<K, Era> eras = new HashMap<>();
    keys.forEach(key -> eras.put(key, load.eraOf(key)));
    BulkLoaded<K, V> outcome;
    try {
      outcome = loads.loadAll(misses, loader);
    } catch (LoadRejectedException e) {
      keys.forEach(key -> led.fail(key, e.forKey(key)));
      return;
    } catch (Error e) {
      keys.forEach(key -> led.fail(key, failures.remember(key, loads.failed(key, e))));
      throw e;
    }
    outcome.failed().forEach((key, e) -> led.fail(key, failures.remember(key, e)));
    outcome
        .loaded()
        .forEach(
            (key, each) -> {
              failures.forget(key);
              led.land(key, load.keep(key, each, Objects.requireNonNull(eras.get(key))));
            });
  }
}
