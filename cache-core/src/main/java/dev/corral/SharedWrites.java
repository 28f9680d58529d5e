package dev.corral;

import dev.corral.remote.RemoteStoreException;
import java.util.List;

/**
 * Writes of a cache with a remote tier. The remote tier comes first, then the local one: the other
 * way round, a reader in between would fill the local tier anew with the old remote value.
 *
 * <p>A value that was put is not filled locally but read back when it is asked for: of two puts at
 * a time, this process cannot tell which was the last one in the remote tier.
 */
final class SharedWrites<K, V> implements WritePath<K, V> {

  private final String cache;
  private final RemoteTier<K, V> remote;
  private final RemoteHealth health;
  private final Flights<K, V> flights;
  private final Lifetimes<K, V> lifetimes;

  SharedWrites(
      String cache,
      RemoteTier<K, V> remote,
      RemoteHealth health,
      Flights<K, V> flights,
      Lifetimes<K, V> lifetimes) {
    this.cache = cache;
    this.remote = remote;
    this.health = health;
    this.flights = flights;
    this.lifetimes = lifetimes;
  }

  @Override
  public void put(K key, V value) {
    String text = remote.text(key);
    Freshness freshness = lifetimes.of(key, value);
    List<K> keys = List.of(key);
    if (freshness.isUncached()) {
      invalidate(keys);
      return;
    }
    Life life = lifetimes.draw(freshness);
    remotely(keys, () -> remote.put(text, value, life), () -> flights.doom(key));
  }

  @Override
  public void invalidate(List<K> keys) {
    List<String> texts = keys.stream().map(remote::text).toList();
    remotely(
        keys,
        () -> {
          if (texts.size() == 1) {
            remote.invalidate(texts.get(0));
          } else {
            remote.invalidateAll(texts);
          }
        },
        () -> keys.forEach(flights::doom));
  }

  @Override
  public void invalidateAll() {
    remotely(List.of(), remote::clear, flights::doomAll);
  }

  /** Takes the remote step, and then the local one, whatever became of the remote one. */
  private void remotely(List<K> keys, Runnable remoteStep, Runnable localStep) {
    try {
      remoteStep.run();
      health.worked();
    } catch (RemoteStoreException e) {
      health.failed(e);
      throw new UndeliveredException(cache, keys, e);
    } finally {
      localStep.run();
    }
  }
}
