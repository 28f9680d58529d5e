package dev.corral;

import dev.corral.origin.Limit;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the listeners of a cache, and keeps what they throw away from everybody else. */
final class Events<K, V> {

  private static final Logger LOG = LoggerFactory.getLogger(TieredCache.class);

  private final String cache;
  private final Iterable<CacheListener<? super K, ? super V>> listeners;

  Events(String cache, Iterable<CacheListener<? super K, ? super V>> listeners) {
    this.cache = cache;
    this.listeners = listeners;
  }

  void loaded(K key, @Nullable V value, long costNanos) {
    tell(listener -> listener.loaded(key, value, Duration.ofNanos(costNanos)));
  }

  void loadFailed(K key, Throwable failure, long costNanos) {
    tell(listener -> listener.loadFailed(key, failure, Duration.ofNanos(costNanos)));
  }

  void loadRejected(K key, Limit limit) {
    tell(listener -> listener.loadRejected(key, limit));
  }

  void staleServed(K key, long staleNanos) {
    tell(listener -> listener.staleServed(key, Duration.ofNanos(staleNanos)));
  }

  void refreshStarted(K key) {
    tell(listener -> listener.refreshStarted(key));
  }

  void publishRefused(K key) {
    tell(listener -> listener.publishRefused(key));
  }

  void versionRefused(K key) {
    tell(listener -> listener.versionRefused(key));
  }

  void invalidated(K key, InvalidationOrigin origin) {
    tell(listener -> listener.invalidated(key, origin));
  }

  void tagInvalidated(String tag, InvalidationOrigin origin) {
    tell(listener -> listener.tagInvalidated(tag, origin));
  }

  void tagInvalidationPending(String tag) {
    tell(listener -> listener.tagInvalidationPending(tag));
  }

  void invalidatedAll(InvalidationOrigin origin) {
    tell(listener -> listener.invalidatedAll(origin));
  }

  void invalidationPending(Collection<K> keys) {
    tell(listener -> listener.invalidationPending(keys));
  }

  void invalidationsReplayed(int count) {
    tell(listener -> listener.invalidationsReplayed(count));
  }

  void partitionSuspected(int partition) {
    tell(listener -> listener.partitionSuspected(partition));
  }

  void remoteDown(Throwable failure) {
    tell(listener -> listener.remoteDown(failure));
  }

  void remoteUp() {
    tell(CacheListener::remoteUp);
  }

  private void tell(Consumer<CacheListener<? super K, ? super V>> event) {
    for (CacheListener<? super K, ? super V> listener : listeners) {
      try {
        event.accept(listener);
      } catch (Throwable e) {
        // Errors too: a listener that was built for another version is nobody else's trouble.
        LOG.warn("A listener of cache {} threw, which is ignored", cache, e);
      }
    }
  }
}
