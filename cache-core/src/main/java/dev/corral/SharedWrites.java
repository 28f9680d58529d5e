package dev.corral;

import dev.corral.remote.RemoteStoreException;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes of a cache with a remote tier. The remote tier comes first, then the local one: the other
 * way round, a reader in between would fill the local tier anew with the old remote value.
 *
 * <p>A value that was put or written is not filled locally but read back when it is asked for: of
 * two at a time, this process cannot tell which was the last one in the remote tier.
 */
final class SharedWrites<K, V> implements WritePath<K, V> {

  private final RemoteTier<K, V> remote;
  private final StoredValues<K, V> values;
  private final Delivery<K, V> delivery;
  private final SharedChange<K, V> changes;
  private final Flights<K, V> flights;
  private final FailureMemory<K> failures;
  private final Lifetimes<K, V> lifetimes;
  private final Tagging<K, V> tagging;
  private final Versions<K, V> versions;
  private final Unshared unshared;
  private final Trust trust;
  private final Suspicion<K, V> suspicion;
  private final Events<K, V> events;

  SharedWrites(
      RemoteTier<K, V> remote,
      StoredValues<K, V> values,
      Delivery<K, V> delivery,
      SharedChange<K, V> changes,
      Flights<K, V> flights,
      FailureMemory<K> failures,
      Lifetimes<K, V> lifetimes,
      Tagging<K, V> tagging,
      Versions<K, V> versions,
      Unshared unshared,
      Trust trust,
      Suspicion<K, V> suspicion,
      Events<K, V> events) {
    this.remote = remote;
    this.values = values;
    this.delivery = delivery;
    this.changes = changes;
    this.flights = flights;
    this.failures = failures;
    this.lifetimes = lifetimes;
    this.tagging = tagging;
    this.versions = versions;
    this.unshared = unshared;
    this.trust = trust;
    this.suspicion = suspicion;
    this.events = events;
  }

  @Override
  public void put(K key, V value) {
    String text = remote.text(key);
    Freshness freshness = lifetimes.of(key, value);
    List<K> keys = List.of(key);
    if (freshness.isUncached()) {
      invalidate(keys, InvalidationOrigin.LOCAL);
      return;
    }
    Life life = lifetimes.draw(freshness);
    byte[] bytes = bytes(key, text, value, life);
    if (bytes == null) {
      invalidate(keys, InvalidationOrigin.LOCAL);
      return;
    }
    remotely(
        keys,
        List.of(text),
        () -> remote.put(text, bytes, life),
        () -> drop(keys, InvalidationOrigin.LOCAL));
  }

  @Override
  public <X extends Exception> void write(K key, V value, Change<X> change) throws X {
    Freshness freshness = lifetimes.of(key, value);
    Long version = versions.of(value);
    String text = remote.text(key);
    if (freshness.isUncached()) {
      changes.run(key, text, change, null, version);
      return;
    }
    Life life = lifetimes.draw(freshness);
    // Before the origin is changed: a value that has no bytes must not get there half.
    byte[] bytes = bytes(key, text, value, life);
    changes.run(
        key,
        text,
        change,
        bytes == null ? null : lease -> remote.endWrite(lease, bytes, life, version),
        version);
  }

  /** Returns the bytes of a value; null if they are too many, so that it is only to be loaded. */
  private byte @Nullable [] bytes(K key, String text, V value, Life life) {
    try {
      return values.encode(text, value, life, 0, tags(key, value));
    } catch (ValueTooLargeException e) {
      unshared.count(key, e);
      return null;
    }
  }

  @Override
  public <X extends Exception> void change(K key, Change<X> change) throws X {
    changes.run(key, remote.text(key), change, null, null);
  }

  @Override
  public void invalidate(List<K> keys, InvalidationOrigin origin) {
    List<String> texts = keys.stream().map(remote::text).toList();
    remotely(
        keys,
        texts,
        () -> {
          if (texts.size() == 1) {
            remote.invalidate(texts.get(0));
          } else {
            remote.invalidateAll(texts);
          }
        },
        () -> drop(keys, origin));
  }

  @Override
  public void invalidate(K key, long version, InvalidationOrigin origin) {
    String text = remote.text(key);
    versions.leave(key, version);
    RemoteStoreException failure;
    try {
      failure = delivery.attempt(key, text, version, () -> remote.invalidate(text, version));
    } finally {
      drop(List.of(key), origin);
    }
    delivery.report(List.of(key), failure);
  }

  @Override
  public void invalidateAll(InvalidationOrigin origin) {
    remotely(List.of(), List.of(), remote::clear, () -> dropAll(origin));
  }

  @Override
  public void invalidateTag(String tag, InvalidationOrigin origin) {
    AtomicLong seq = new AtomicLong();
    RemoteStoreException failure =
        delivery.attemptTag(tag, () -> seq.set(remote.invalidateTag(tag)));
    if (failure == null) {
      trust.voidTag(tag, seq.get());
    } else {
      // How far the partition has come with it, only the remote tier could say.
      BitSet partition = new BitSet();
      partition.set(trust.partitionOf(tag));
      suspicion.suspect(partition);
    }
    events.tagInvalidated(tag, origin);
    delivery.report(List.of(), failure);
  }

  @Override
  public int pending() {
    return delivery.pending();
  }

  private @Nullable EntryTags tags(K key, V value) {
    return tagging.tags(tagging.before(), key, value, List.of());
  }

  private void drop(List<K> keys, InvalidationOrigin origin) {
    keys.forEach(flights::doom);
    keys.forEach(failures::pardon);
    keys.forEach(key -> events.invalidated(key, origin));
  }

  private void dropAll(InvalidationOrigin origin) {
    flights.doomAll();
    failures.pardonAll();
    events.invalidatedAll(origin);
  }

  /** Takes the remote step, and then the local one, whatever became of the remote one. */
  private void remotely(List<K> keys, List<String> texts, Runnable remoteStep, Runnable localStep) {
    @Nullable RemoteStoreException failure;
    try {
      failure = delivery.attempt(keys, texts, remoteStep);
    } finally {
      localStep.run();
    }
    delivery.report(keys, failure);
  }
}
