package dev.corral;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Loads several keys, in as few calls of the loader as may be, with the right to do so for the
 * whole cluster, and tells the cluster how it went.
 */
final class LeasedBulkLoad<K, V> {

  private final Loads<K, V> loads;
  private final LeaseKeeper keeper;
  private final Publisher<K, V> publisher;
  private final int maximumBatchSize;

  LeasedBulkLoad(
      Loads<K, V> loads, LeaseKeeper keeper, Publisher<K, V> publisher, int maximumBatchSize) {
    this.loads = loads;
    this.keeper = keeper;
    this.publisher = publisher;
    this.maximumBatchSize = maximumBatchSize;
  }

  /** Loads what was granted, in batches; each lease is kept until its batch is done. */
  void run(List<Grant<K, V>> grants, BulkLoader<K, V> loader, LedFlights<K, V> led) {
    List<List<Grant<K, V>>> batches = Batches.of(grants, maximumBatchSize);
    Deque<List<LeaseKeeper.Kept>> kept = new ArrayDeque<>();
    int done = 0;
    try {
      for (List<Grant<K, V>> batch : batches) {
        kept.add(keep(batch, kept.size() + 1));
      }
      for (List<Grant<K, V>> batch : batches) {
        done++;
        runBatch(batch, loader, led);
        kept.remove().forEach(LeaseKeeper.Kept::close);
      }
    } finally {
      // Of an interrupt or an error, the batches that were not begun know nothing.
      batches
          .subList(done, batches.size())
          .forEach(batch -> batch.forEach(grant -> publisher.release(grant.lease())));
      kept.forEach(batch -> batch.forEach(LeaseKeeper.Kept::close));
    }
  }

  /** Keeps the leases of a batch, which may take the time of those before it and its own. */
  private List<LeaseKeeper.Kept> keep(List<Grant<K, V>> batch, int times) {
    return batch.stream()
        .map(grant -> keeper.keep(grant.lease(), grant.miss().timeout() * times))
        .toList();
  }

  private void runBatch(List<Grant<K, V>> grants, BulkLoader<K, V> loader, LedFlights<K, V> led) {
    BulkLoaded<K, V> outcome;
    try {
      outcome = loads.loadAll(grants.stream().map(Grant::miss).toList(), loader);
    } catch (LoadRejectedException e) {
      // Not the key's failure: another node may have room for it.
      grants.forEach(grant -> publisher.release(grant.lease()));
      grants.forEach(grant -> led.fail(grant.miss().key(), e.forKey(grant.miss().key())));
      return;
    } catch (LoadInterruptedException e) {
      grants.forEach(grant -> publisher.release(grant.lease()));
      throw e;
    } catch (Error e) {
      grants.forEach(grant -> fail(grant, loads.failed(grant.miss().key(), e), led));
      throw e;
    }
    List<Grant<K, V>> loaded = new ArrayList<>();
    for (Grant<K, V> grant : grants) {
      LoadFailedException failure = outcome.failed().get(grant.miss().key());
      if (failure == null) {
        loaded.add(grant);
      } else {
        fail(grant, failure, led);
      }
    }
    publish(loaded, outcome.loaded()).forEach(led::land);
  }

  private Map<K, Resolved<V>> publish(List<Grant<K, V>> grants, Map<K, Loaded<V>> loaded) {
    try {
      return publisher.publishAll(grants, loaded);
    } catch (RuntimeException | Error e) {
      // As of a single key.
      grants.forEach(grant -> publisher.release(grant.lease()));
      throw e;
    }
  }

  private void fail(Grant<K, V> grant, LoadFailedException failure, LedFlights<K, V> led) {
    K key = grant.miss().key();
    led.fail(key, publisher.fail(key, grant.lease(), failure));
  }
}
