package dev.corral;

import dev.corral.remote.Lease;
import dev.corral.remote.RemoteStoreException;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Runs changes of the origin between two steps of the remote tier. The first takes the key's write
 * lease, tells all nodes to drop their copies and lets nothing of the old value outlive the lease;
 * the second stores the new value, or drops the old one. A process that dies in between leaves
 * nothing old behind for longer than the lease.
 *
 * <p>Meanwhile readers get the old value from the remote tier, or wait for the change if it is not
 * there: nobody loads under a lease, so that nothing read from the origin in the middle of the
 * change is kept.
 */
final class SharedChange<K, V> {

  private final RemoteTier<K, V> remote;
  private final RemoteHealth health;
  private final Delivery<K, V> delivery;
  private final LeaseKeeper keeper;
  private final Flights<K, V> flights;
  private final FailureMemory<K> failures;
  private final Versions<K, V> versions;
  private final long timeoutNanos;
  private final Events<K, V> events;

  SharedChange(
      Config<K, V> config,
      RemoteTier<K, V> remote,
      RemoteHealth health,
      Delivery<K, V> delivery,
      LeaseKeeper keeper,
      Flights<K, V> flights,
      FailureMemory<K> failures,
      Versions<K, V> versions,
      Events<K, V> events) {
    this.remote = remote;
    this.health = health;
    this.delivery = delivery;
    this.keeper = keeper;
    this.flights = flights;
    this.failures = failures;
    this.versions = versions;
    this.timeoutNanos = config.loadTimeout().toNanos();
    this.events = events;
  }

  /**
   * Runs a change.
   *
   * @param store stores the new value, if the lease still stands, and drops the old one if not;
   *     null if there is only something to drop
   * @param version what the origin holds when the change has run, as a mark of it; null if unknown
   */
  <X extends Exception> void run(
      K key,
      String text,
      Change<X> change,
      @Nullable Predicate<Lease> store,
      @Nullable Long version)
      throws X {
    Lease lease = begin(key, text);
    LeaseKeeper.Kept kept = lease == null ? null : keeper.keepOfWrite(lease, timeoutNanos);
    boolean done = false;
    try {
      change.run();
      done = true;
    } finally {
      if (kept != null) {
        kept.close();
      }
      RemoteStoreException failure =
          done ? end(key, text, lease, store, version) : end(key, text, null, null, null);
      if (done) {
        delivery.report(List.of(key), failure);
      }
    }
  }

  /** Takes the write lease; null if the remote tier is away. */
  private @Nullable Lease begin(K key, String text) {
    try {
      if (!delivery.isClear()) {
        return null;
      }
      Lease lease = remote.beginWrite(text);
      return lease;
    } catch (RemoteStoreException e) {
      health.failed(e);
      return null;
    } finally {
      // Of this process too, nothing old shall be held for longer than the lease.
      flights.doom(key);
    }
  }

  /** Whoever fails leaves nobody who knows what the origin holds: then the old value is dropped. */
  private @Nullable RemoteStoreException end(
      K key,
      String text,
      @Nullable Lease lease,
      @Nullable Predicate<Lease> store,
      @Nullable Long version) {
    versions.leave(key, version);
    try {
      return delivery.attempt(
          key,
          text,
          version,
          () -> Uninterrupted.take(() -> endRemotely(text, lease, store, version)));
    } finally {
      flights.doom(key);
      failures.pardon(key);
      events.invalidated(key, InvalidationOrigin.LOCAL);
    }
  }

  private boolean endRemotely(
      String text,
      @Nullable Lease lease,
      @Nullable Predicate<Lease> store,
      @Nullable Long version) {
    if (lease != null && store != null) {
      return store.test(lease);
    }
    remote.invalidate(text, version);
    return false;
  }
}
