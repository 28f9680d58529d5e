package dev.corral;

import dev.corral.codec.CodecException;
import dev.corral.remote.Lease;
import dev.corral.remote.Publication;
import dev.corral.remote.PublishAnswer;
import dev.corral.remote.RemoteStoreException;
import dev.corral.stats.Stat;
import dev.corral.stats.StatsCounter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells the cluster how the loads went for which this node holds leases, and ends the leases. */
final class Publisher<K, V> {

  private static final long NANOS_PER_MILLI = 1_000_000L;

  private final RemoteTier<K, V> remote;
  private final RemoteHealth health;
  private final Delivery<K, V> delivery;
  private final Lifetimes<K, V> lifetimes;
  private final Entries<K, V> entries;
  private final Versions<K, V> versions;
  private final FailureMemory<K> failures;
  private final Unshared unshared;
  private final Ticker ticker;
  private final StatsCounter stats;
  private final Events<K, V> events;

  Publisher(
      RemoteTier<K, V> remote,
      RemoteHealth health,
      Delivery<K, V> delivery,
      Lifetimes<K, V> lifetimes,
      Entries<K, V> entries,
      Versions<K, V> versions,
      FailureMemory<K> failures,
      Unshared unshared,
      Ticker ticker,
      StatsCounter stats,
      Events<K, V> events) {
    this.remote = remote;
    this.health = health;
    this.delivery = delivery;
    this.lifetimes = lifetimes;
    this.entries = entries;
    this.versions = versions;
    this.failures = failures;
    this.unshared = unshared;
    this.ticker = ticker;
    this.stats = stats;
    this.events = events;
  }

  /**
   * Publishes what was loaded, if the lease still stands.
   *
   * @param replaced what the lease replaces, if it could be read
   */
  Resolved<V> publish(Grant<K, V> grant, Loaded<V> loaded, @Nullable Stored<V> replaced) {
    K key = grant.miss().key();
    Lease lease = grant.lease();
    failures.forget(key);
    if (loaded.freshness().isUncached()) {
      return deliver(key, lease, loaded);
    }
    // Said to be what it was: it goes on as it was, and need not be sent again.
    Stored<V> confirmed = loaded.notModified() && lease.replaces() != null ? replaced : null;
    Life extension = confirmed == null ? null : extension(confirmed, loaded);
    Life whole = confirmed == null ? lifetimes.draw(loaded.freshness()) : confirmed.life();
    Life life = extension == null ? whole : extension;
    // What is extended keeps its place in the order of its partition.
    boolean anew = extension == null;
    long stamp = confirmed == null || extension == null ? lease.stamp() : confirmed.entry().stamp;
    Resolved<V> kept = Resolved.kept(entries.loaded(loaded, life, stamp, grant.era()));
    if (delivery.isPending(lease.key(), loaded.tags())) {
      return withheld(key, lease, kept);
    }
    try {
      PublishAnswer answer =
          Uninterrupted.take(
              () -> anew ? remote.publish(lease, loaded, life) : remote.extend(lease, life));
      return answered(key, loaded, kept, answer);
    } catch (RemoteStoreException e) {
      // The value is good all the same, only the other nodes will not know of it.
      health.failed(e);
      return unpublished(key, loaded, kept);
    } catch (CodecException | ValueTooLargeException e) {
      cannotShare(key, lease, e);
      return unpublished(key, loaded, kept);
    }
  }

  /**
   * Returns the life to give to a value that was confirmed, or null if it has to be published anew.
   *
   * <p>The age of a value follows from what is left of its life and from the cost that is stored
   * with it, which stays that of the load which brought it. A check that took longer takes the
   * difference off the life: else the value would seem to have been checked later than it was.
   */
  private @Nullable Life extension(Stored<V> confirmed, Loaded<V> loaded) {
    long tookNanos = ticker.read() - loaded.startedAt();
    long extraNanos = Math.max(0, tookNanos - confirmed.entry().costNanos());
    long extraMillis = (extraNanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
    Life life = confirmed.life();
    long freshMillis = life.freshMillis() - extraMillis;
    return freshMillis < 1 ? null : new Life(freshMillis, life.staleMillis());
  }

  /** Publishes, in one round trip, what was loaded for several grants. */
  Map<K, Resolved<V>> publishAll(List<Grant<K, V>> grants, Map<K, Loaded<V>> loadedByKey) {
    Map<K, Resolved<V>> resolved = new LinkedHashMap<>();
    List<K> keys = new ArrayList<>();
    List<Publication> publications = new ArrayList<>();
    for (Grant<K, V> grant : grants) {
      K key = grant.miss().key();
      Lease lease = grant.lease();
      Loaded<V> loaded = Objects.requireNonNull(loadedByKey.get(key));
      failures.forget(key);
      if (loaded.freshness().isUncached()) {
        resolved.put(key, deliver(key, lease, loaded));
        continue;
      }
      Life life = lifetimes.draw(loaded.freshness());
      Resolved<V> kept = Resolved.kept(entries.loaded(loaded, life, lease.stamp(), grant.era()));
      if (delivery.isPending(lease.key(), loaded.tags())) {
        resolved.put(key, withheld(key, lease, kept));
        continue;
      }
      resolved.put(key, kept);
      try {
        publications.add(remote.publication(lease, loaded, life));
        keys.add(key);
      } catch (CodecException | ValueTooLargeException e) {
        cannotShare(key, lease, e);
        resolved.put(key, unpublished(key, loaded, kept));
      }
    }
    List<PublishAnswer> answers = publishAll(publications);
    for (int i = 0; i < keys.size(); i++) {
      Loaded<V> loaded = Objects.requireNonNull(loadedByKey.get(keys.get(i)));
      PublishAnswer answer = answers.isEmpty() ? null : answers.get(i);
      resolved.computeIfPresent(
          keys.get(i),
          (key, kept) ->
              answer == null
                  ? unpublished(key, loaded, kept)
                  : answered(key, loaded, kept, answer));
    }
    return resolved;
  }

  /** Returns what the remote tier answered; nothing if it failed. */
  private List<PublishAnswer> publishAll(List<Publication> publications) {
    if (publications.isEmpty()) {
      return List.of();
    }
    try {
      List<PublishAnswer> answers = Uninterrupted.take(() -> remote.publishAll(publications));
      return answers;
    } catch (RemoteStoreException e) {
      health.failed(e);
      return List.of();
    }
  }

  /**
   * Does not publish what was loaded before an invalidation that the remote tier does not know of
   * yet, and so would accept.
   */
  private Resolved<V> withheld(K key, Lease lease, Resolved<V> resolved) {
    release(lease);
    return refused(key, resolved);
  }

  private Resolved<V> answered(K key, Loaded<V> loaded, Resolved<V> kept, PublishAnswer answer) {
    return switch (answer) {
      case STORED -> kept;
      case LEASE_LOST -> refused(key, kept);
      case OUTDATED -> versions.refuse(key, entries.passing(loaded));
    };
  }

  /** What becomes of a value that the remote tier has not compared with its marks. */
  private Resolved<V> unpublished(K key, Loaded<V> loaded, Resolved<V> kept) {
    return versions.outdate(key, loaded.version())
        ? versions.refuse(key, entries.passing(loaded))
        : kept;
  }

  private Resolved<V> refused(K key, Resolved<V> resolved) {
    stats.count(Stat.PUBLISH_REFUSED);
    events.publishRefused(key);
    return Resolved.refused(resolved.entry());
  }

  /** Hands a value that is not to be kept to the nodes that wait for it. */
  private Resolved<V> deliver(K key, Lease lease, Loaded<V> loaded) {
    try {
      Uninterrupted.take(
          () -> {
            remote.deliver(lease, loaded);
            return true;
          });
    } catch (RemoteStoreException e) {
      health.failed(e);
    } catch (CodecException | ValueTooLargeException e) {
      cannotShare(key, lease, e);
    }
    if (lease.replaces() != null) {
      invalidate(lease.key());
    }
    return Resolved.passing(entries.passing(loaded));
  }

  /** Voids the old value, here and on other nodes, which nothing takes the place of. */
  private void invalidate(String text) {
    try {
      remote.invalidate(text);
    } catch (RemoteStoreException e) {
      health.failed(e);
    }
  }

  private void cannotShare(K key, Lease lease, RuntimeException reason) {
    unshared.count(key, reason);
    // Were the lease released, those who wait would load one after the other, each with a lease.
    ended(() -> remote.deliverNothing(lease));
  }

  /**
   * Has the cluster remember a failure, or else this process, and returns it with the time of the
   * next attempt.
   */
  LoadFailedException fail(K key, Lease lease, LoadFailedException failure) {
    Throwable cause = failure.getCause();
    try {
      Optional<Duration> pause =
          Uninterrupted.take(() -> remote.fail(lease, cause == null ? failure : cause));
      return pause.map(failure::withRetryAfter).orElse(failure);
    } catch (RemoteStoreException e) {
      health.failed(e);
      return failures.remember(key, failure);
    }
  }

  /** Ends a lease whose load was given up. */
  void release(Lease lease) {
    ended(() -> remote.release(lease));
  }

  private void ended(Runnable step) {
    try {
      Uninterrupted.take(
          () -> {
            step.run();
            return true;
          });
    } catch (RemoteStoreException e) {
      health.failed(e);
    }
  }
}
