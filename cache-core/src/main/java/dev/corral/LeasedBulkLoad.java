package dev.corral;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Loads several keys, in one call of the loader, with the right to do so for the whole cluster, and
 * tells the cluster how it went.
 */
final class LeasedBulkLoad<K, V> {

  private final Loads<K, V> loads;
  private final LeaseKeeper keeper;
  private final Publisher<K, V> publisher;

  LeasedBulkLoad(Loads<K, V> loads, LeaseKeeper keeper, Publisher<K, V> publisher) {
    this.loads = loads;
    this.keeper = keeper;
    this.publisher = publisher;
  }

  void run(List<Grant<K, V>> grants, BulkLoader<K, V> loader, LedFlights<K, V> led) {
    List<LeaseKeeper.Kept> kept = new ArrayList<>();
    try {
      for (Grant<K, V> grant : grants) {
        kept.add(keeper.keep(grant.lease(), grant.miss().timeout()));
      }
      Map<K, Loaded<V>> loaded = load(grants, loader, led);
      if (loaded != null) {
        publisher.publishAll(grants, loaded).forEach(led::land);
      }
    } finally {
      kept.forEach(LeaseKeeper.Kept::close);
    }
  }

  /** Returns what was loaded, or null if that failed and everybody has been told. */
  private @Nullable Map<K, Loaded<V>> load(
      List<Grant<K, V>> grants, BulkLoader<K, V> loader, LedFlights<K, V> led) {
    try {
      return loads.loadAll(grants.stream().map(Grant::miss).toList(), loader);
    } catch (LoadFailedException e) {
      grants.forEach(grant -> fail(grant, e, led));
      return null;
    } catch (LoadRejectedException e) {
      // Not the key's failure: another node may have room for it.
      grants.forEach(grant -> publisher.release(grant.lease()));
      grants.forEach(grant -> led.fail(grant.miss().key(), e.forKey(grant.miss().key())));
      return null;
    } catch (LoadInterruptedException e) {
      grants.forEach(grant -> publisher.release(grant.lease()));
      throw e;
    } catch (Error e) {
      grants.forEach(grant -> fail(grant, loads.failed(grant.miss().key(), e), led));
      throw e;
    }
  }

  private void fail(Grant<K, V> grant, LoadFailedException failure, LedFlights<K, V> led) {
    K key = grant.miss().key();
    led.fail(key, publisher.fail(key, grant.lease(), failure.forKey(key)));
  }
}
