package dev.corral;

import dev.corral.remote.RemoteStoreException;
import dev.corral.remote.StoredValue;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the remote tier holds fresh of a key, and leaves everything as it is: takes no lease,
 * loads nothing, and fills nothing.
 */
final class FreshRead<K, V> {

  private final RemoteTier<K, V> remote;
  private final Delivery<K, V> delivery;
  private final RemoteHealth health;
  private final Ticker ticker;

  FreshRead(RemoteTier<K, V> remote, Delivery<K, V> delivery, RemoteHealth health, Ticker ticker) {
    this.remote = remote;
    this.delivery = delivery;
    this.health = health;
    this.ticker = ticker;
  }

  /** Returns null if there is nothing fresh, or if the remote tier cannot be asked. */
  @Nullable Entry<V> read(K key) {
    String text = remote.text(key);
    if (!delivery.isClear()) {
      // The remote tier holds what is void, and does not know it.
      return null;
    }
    Era era = remote.eraOf(text);
    long askedAt = ticker.read();
    try {
      StoredValue value = remote.inspect(text).value().orElse(null);
      Stored<V> stored = value == null ? null : remote.read(text, value, askedAt, era);
      return stored != null && stored.entry().isFreshAt(askedAt) ? stored.entry() : null;
    } catch (RemoteStoreException e) {
      health.failed(e);
      return null;
    }
  }
}
