package dev.corral;

import dev.corral.remote.Lookup;
import dev.corral.remote.RemoteStoreException;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks several keys up at once, and loads at once those that this node was granted. A key that
 * another node loads, or that has anything else special about it, is left to the way of a single
 * key, after this node has published what it holds leases for: so no two nodes wait for each other.
 */
final class BulkRemoteStage<K, V> implements BulkStage<K, V> {

  private final RemoteTier<K, V> remote;
  private final RemoteHealth health;
  private final LeasedBulkLoad<K, V> leased;
  private final Ticker ticker;
  private final BulkStage<K, V> alone;

  BulkRemoteStage(
      RemoteTier<K, V> remote,
      RemoteHealth health,
      LeasedBulkLoad<K, V> leased,
      Ticker ticker,
      BulkStage<K, V> alone) {
    this.remote = remote;
    this.health = health;
    this.leased = leased;
    this.ticker = ticker;
    this.alone = alone;
  }

  @Override
  public void resolveAll(List<Miss<K, V>> misses, BulkLoader<K, V> loader, LedFlights<K, V> led) {
    List<String> texts = misses.stream().map(miss -> remote.text(miss.key())).toList();
    long askedAt = ticker.read();
    List<Lookup> lookups;
    try {
      lookups = remote.lookUpAll(texts);
      health.worked();
    } catch (RemoteStoreException e) {
      health.failed(e);
      alone.resolveAll(misses, loader, led);
      return;
    }
    List<Grant<K, V>> grants = new ArrayList<>();
    List<Miss<K, V>> unleased = new ArrayList<>();
    for (int i = 0; i < lookups.size(); i++) {
      Miss<K, V> miss = misses.get(i);
      if (lookups.get(i) instanceof Lookup.Granted granted) {
        grants.add(new Grant<>(miss, granted.lease()));
      } else if (lookups.get(i) instanceof Lookup.Unleased) {
        unleased.add(miss);
      } else if (lookups.get(i) instanceof Lookup.Found found) {
        Stored<V> stored = remote.read(texts.get(i), found.value(), askedAt);
        if (stored != null && miss.accepts(stored.entry(), askedAt)) {
          led.land(miss.key(), remote.hit(stored.entry()));
        }
      }
    }
    if (!grants.isEmpty()) {
      leased.run(grants, loader, led);
    }
    if (!unleased.isEmpty()) {
      alone.resolveAll(unleased, loader, led);
    }
  }
}
