package dev.corral;

import dev.corral.remote.LoadOutcome;
import dev.corral.remote.Lookup;
import dev.corral.remote.RemoteStoreException;
import dev.corral.remote.StoredValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets one process of the cluster go on to load; the others wait for what it comes by. While the
 * remote tier does not answer, every process goes on alone.
 */
final class RemoteStage<K, V> implements Stage<K, V> {

  /** What was known before the remote tier was asked: bounds how good its answer is. */
  private record Asked(String text, Era era, long at) {}

  private final RemoteTier<K, V> remote;
  private final RemoteHealth health;
  private final Delivery<K, V> delivery;
  private final PeerWait<K, V> peers;
  private final LeasedLoad<K, V> leased;
  private final RefreshPauses pauses;
  private final Trust trust;
  private final Ticker ticker;
  private final Stage<K, V> alone;

  RemoteStage(
      RemoteTier<K, V> remote,
      RemoteHealth health,
      Delivery<K, V> delivery,
      PeerWait<K, V> peers,
      LeasedLoad<K, V> leased,
      RefreshPauses pauses,
      Trust trust,
      Ticker ticker,
      Stage<K, V> alone) {
    this.remote = remote;
    this.health = health;
    this.delivery = delivery;
    this.peers = peers;
    this.leased = leased;
    this.pauses = pauses;
    this.trust = trust;
    this.ticker = ticker;
    this.alone = alone;
  }

  @Override
  public Resolved<V> resolve(Miss<K, V> miss) {
    String text = remote.text(miss.key());
    if (!delivery.isClear()) {
      // The remote tier holds what is void, and does not know it.
      return alone.resolve(miss);
    }
    try {
      Resolved<V> resolved = revalidated(miss, text);
      boolean toRefresh = miss.isRefresh();
      while (resolved == null) {
        Asked asked = new Asked(text, remote.eraOf(text), ticker.read());
        Lookup lookup = toRefresh ? remote.lookUpToRefresh(text) : remote.lookUp(text);
        // A value that is there, but is not good enough for this caller, is replaced like a stale
        // one: the others go on with it meanwhile.
        toRefresh |= lookup instanceof Lookup.Found;
        resolved = follow(miss, asked, lookup);
      }
      return resolved;
    } catch (RemoteStoreException e) {
      // Nothing was loaded yet: a load that ended does not throw this.
      health.failed(e);
      return alone.resolve(miss);
    }
  }

  /** Returns what is held, if it need not be distrusted any more, or null. */
  private @Nullable Resolved<V> revalidated(Miss<K, V> miss, String text) {
    Entry<V> held = miss.held();
    long now = ticker.read();
    if (held == null
        || miss.isRefresh()
        || trust.in(held)
        || trust.isVoid(held)
        || !miss.accepts(held, now)) {
      return null;
    }
    Entry<V> good = remote.revalidate(List.of(text), List.of(held), now).get(0);
    return good != null && miss.accepts(good, now) ? remote.hit(miss, good) : null;
  }

  /** Does what a look-up says is to be done; null if that is to look up again. */
  private @Nullable Resolved<V> follow(Miss<K, V> miss, Asked asked, Lookup lookup) {
    if (lookup instanceof Lookup.Found found) {
      return found(miss, asked, found.value());
    }
    if (lookup instanceof Lookup.Refreshable found) {
      return refreshable(miss, asked, found);
    }
    if (lookup instanceof Lookup.Granted granted) {
      return leased.run(new Grant<>(miss, granted.lease(), asked.era()), null);
    }
    if (lookup instanceof Lookup.Taken taken) {
      return waitFor(miss, asked.text(), taken);
    }
    if (lookup instanceof Lookup.BackingOff pause) {
      throw remote.standing(miss.key(), pause);
    }
    return alone.resolve(miss);
  }

  private @Nullable Resolved<V> found(Miss<K, V> miss, Asked asked, StoredValue value) {
    Stored<V> stored = remote.read(asked.text(), value, asked.at(), asked.era());
    if (stored == null) {
      return follow(miss, asked, remote.replace(asked.text(), value.fillId()));
    }
    return miss.accepts(stored.entry(), asked.at()) ? remote.hit(miss, stored.entry()) : null;
  }

  private @Nullable Resolved<V> refreshable(
      Miss<K, V> miss, Asked asked, Lookup.Refreshable found) {
    Stored<V> stored = read(asked, found);
    if (stored != null && miss.accepts(stored.entry(), asked.at())) {
      // Another node was quicker.
      if (found.right() instanceof Lookup.Granted unneeded) {
        leased.giveUp(unneeded.lease());
      }
      return remote.hit(miss, stored.entry());
    }
    if (found.right() instanceof Lookup.Granted granted) {
      return leased.run(new Grant<>(miss, granted.lease(), asked.era()), stored);
    }
    if (stored != null && miss.isRefresh() && !(found.right() instanceof Lookup.Unleased)) {
      return Resolved.kept(pausedFor(found.right(), stored.entry()));
    }
    return follow(miss, asked, found.right());
  }

  /** Reads what was found; if its tags cannot be asked for, the right is left to others. */
  private @Nullable Stored<V> read(Asked asked, Lookup.Refreshable found) {
    try {
      return remote.read(asked.text(), found.value(), asked.at(), asked.era());
    } catch (RuntimeException | Error e) {
      if (found.right() instanceof Lookup.Granted granted) {
        leased.giveUp(granted.lease());
      }
      throw e;
    }
  }

  /** Nobody waits for a refresh, so it does not wait for another node's either. */
  private Entry<V> pausedFor(Lookup right, Entry<V> entry) {
    entry.pauseRefreshes(
        right instanceof Lookup.BackingOff failed
            ? pauses.until(failed.left())
            : pauses.forLoadOfCost(entry.costNanos()));
    return entry;
  }

  private @Nullable Resolved<V> waitFor(Miss<K, V> miss, String text, Lookup.Taken taken) {
    // What is left of a pushed value's life is counted from before it was published.
    Era era = remote.eraOf(text);
    long askedAt = ticker.read();
    LoadOutcome outcome = peers.await(miss, text, taken);
    if (outcome instanceof LoadOutcome.Published published) {
      Stored<V> stored = remote.read(text, published.value(), askedAt, era);
      return stored != null && miss.isYoungEnough(stored.entry())
          ? remote.hit(miss, stored.entry())
          : null;
    }
    if (outcome instanceof LoadOutcome.Delivered delivered) {
      if (RemoteTier.isNothing(delivered.value())) {
        return alone.resolve(miss);
      }
      Entry<V> entry = remote.readDelivered(text, delivered.value(), askedAt, era);
      return entry != null && miss.isYoungEnough(entry) ? Resolved.passing(entry) : null;
    }
    if (outcome instanceof LoadOutcome.Failed failed) {
      throw remote.failure(miss.key(), failed.failure(), failed.left());
    }
    return null;
  }
}
