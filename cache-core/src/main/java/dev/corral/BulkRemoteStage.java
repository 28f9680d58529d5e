package dev.corral;

import dev.corral.remote.Lookup;
import dev.corral.remote.RemoteStoreException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks several keys up at once, and loads at once those that this node was granted. A key that
 * another node loads, or that has anything else special about it, is left to the way of a single
 * key, after this node has published what it holds leases for: so no two nodes wait for each other.
 */
final class BulkRemoteStage<K, V> implements BulkStage<K, V> {

  private final RemoteTier<K, V> remote;
  private final StoredValues<K, V> values;
  private final RemoteHealth health;
  private final Delivery<K, V> delivery;
  private final LeasedBulkLoad<K, V> leased;
  private final Trust trust;
  private final Ticker ticker;
  private final BulkStage<K, V> alone;

  BulkRemoteStage(
      RemoteTier<K, V> remote,
      StoredValues<K, V> values,
      RemoteHealth health,
      Delivery<K, V> delivery,
      LeasedBulkLoad<K, V> leased,
      Trust trust,
      Ticker ticker,
      BulkStage<K, V> alone) {
    this.remote = remote;
    this.values = values;
    this.health = health;
    this.delivery = delivery;
    this.leased = leased;
    this.trust = trust;
    this.ticker = ticker;
    this.alone = alone;
  }

  @Override
  public void resolveAll(List<Miss<K, V>> misses, BulkLoader<K, V> loader, LedFlights<K, V> led) {
    if (!delivery.isClear()) {
      alone.resolveAll(misses, loader, led);
      return;
    }
    try {
      revalidate(misses, led);
    } catch (RemoteStoreException e) {
      health.failed(e);
      alone.resolveAll(misses, loader, led);
      return;
    }
    List<Miss<K, V>> rest = led.open();
    if (!rest.isEmpty()) {
      lookUp(rest, loader, led);
    }
  }

  /** Lands what is held and need not be distrusted any more. */
  private void revalidate(List<Miss<K, V>> misses, LedFlights<K, V> led) {
    long now = ticker.read();
    List<K> keys = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    List<Entry<V>> distrusted = new ArrayList<>();
    for (Miss<K, V> miss : misses) {
      Entry<V> held = miss.held();
      if (held != null && !trust.in(held) && !trust.isVoid(held) && miss.accepts(held, now)) {
        keys.add(miss.key());
        texts.add(remote.text(miss.key()));
        distrusted.add(held);
      }
    }
    if (keys.isEmpty()) {
      return;
    }
    List<@Nullable Entry<V>> entries = remote.revalidate(texts, distrusted, now);
    for (int i = 0; i < keys.size(); i++) {
      Entry<V> good = entries.get(i);
      if (good != null && !good.isGoneAt(now)) {
        led.land(keys.get(i), remote.hit(good));
      }
    }
  }

  private void lookUp(List<Miss<K, V>> misses, BulkLoader<K, V> loader, LedFlights<K, V> led) {
    List<String> texts = misses.stream().map(miss -> remote.text(miss.key())).toList();
    List<Era> present = texts.stream().map(remote::eraOf).toList();
    long askedAt = ticker.read();
    List<Lookup> lookups;
    try {
      lookups = remote.lookUpAll(texts);
    } catch (RemoteStoreException e) {
      health.failed(e);
      alone.resolveAll(misses, loader, led);
      return;
    }
    List<@Nullable Stored<V>> found = readAll(texts, lookups, askedAt, present);
    List<Grant<K, V>> grants = new ArrayList<>();
    List<Miss<K, V>> unleased = new ArrayList<>();
    for (int i = 0; i < lookups.size(); i++) {
      Miss<K, V> miss = misses.get(i);
      if (lookups.get(i) instanceof Lookup.Granted granted) {
        grants.add(new Grant<>(miss, granted.lease(), present.get(i)));
      } else if (lookups.get(i) instanceof Lookup.Unleased) {
        unleased.add(miss);
      } else {
        Stored<V> stored = found.get(i);
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

  /** Returns what was found that can be used, in the order of the look-ups. */
  private List<@Nullable Stored<V>> readAll(
      List<String> texts, List<Lookup> lookups, long askedAt, List<Era> present) {
    List<@Nullable Stored<V>> found = new ArrayList<>(lookups.size());
    for (int i = 0; i < lookups.size(); i++) {
      found.add(
          lookups.get(i) instanceof Lookup.Found value
              ? values.decode(texts.get(i), value.value(), askedAt, present.get(i))
              : null);
    }
    try {
      remote.dropVoid(found);
    } catch (RemoteStoreException e) {
      // Not known to be good: each of them goes the way of a single key.
      health.failed(e);
      found.replaceAll(stored -> stored == null || stored.entry().tags() != null ? null : stored);
    }
    return found;
  }
}
