package dev.corral;

import dev.corral.remote.Lease;
import org.jspecify.annotations.Nullable;

/**
 * Loads a key with the right to do so for the whole cluster, and tells the cluster how it went. No
 * connection, lock or map bin is held while the loader runs.
 */
final class LeasedLoad<K, V> {

  private final Loads<K, V> loads;
  private final LeaseKeeper keeper;
  private final Publisher<K, V> publisher;

  LeasedLoad(Loads<K, V> loads, LeaseKeeper keeper, Publisher<K, V> publisher) {
    this.loads = loads;
    this.keeper = keeper;
    this.publisher = publisher;
  }

  /**
   * Loads, and publishes what was loaded if the lease still stands.
   *
   * @param replaced what the lease replaces, if it could be read
   */
  Resolved<V> run(Grant<K, V> grant, @Nullable Stored<V> replaced) {
    Miss<K, V> miss = grant.miss();
    Lease lease = grant.lease();
    LeaseKeeper.Kept kept = keeper.keep(lease, miss.timeout());
    try {
      Loaded<V> loaded = load(miss, lease, replaced == null ? miss.held() : replaced.entry());
      return publish(grant, loaded, replaced);
    } finally {
      kept.close();
    }
  }

  private Resolved<V> publish(Grant<K, V> grant, Loaded<V> loaded, @Nullable Stored<V> replaced) {
    try {
      return publisher.publish(grant, loaded, replaced);
    } catch (RuntimeException | Error e) {
      // What was thrown is no failure of the remote tier's: the others need not wait for its time.
      publisher.release(grant.lease());
      throw e;
    }
  }

  /** Ends a lease that is not needed after all. */
  void giveUp(Lease lease) {
    publisher.release(lease);
  }

  private Loaded<V> load(Miss<K, V> miss, Lease lease, @Nullable Entry<V> previous) {
    try {
      return loads.load(miss, previous);
    } catch (LoadFailedException e) {
      throw publisher.fail(miss.key(), lease, e);
    } catch (LoadInterruptedException | LoadRejectedException e) {
      // Not the key's failure: another node may be able to load it.
      publisher.release(lease);
      throw e;
    } catch (Error e) {
      publisher.fail(miss.key(), lease, loads.failed(miss.key(), e));
      throw e;
    }
  }
}
