package dev.corral;

import dev.corral.Explanation.State;
import dev.corral.remote.KeyState;
import dev.corral.remote.RemoteRegion;
import dev.corral.remote.RemoteStoreException;
import dev.corral.remote.StoredValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out where a key stands, and changes nothing by it. */
final class Explainer<K, V> {

  private final String cache;
  private final LocalTier<K, V> local;
  private final Flights<K, V> flights;
  private final FailureMemory<K> failures;
  private final Trust trust;
  private final Ticker ticker;
  private final @Nullable Shared<K, V> shared;

  /** What there is to ask with a remote tier. */
  record Shared<K, V>(
      RemoteTier<K, V> remote, StoredValues<K, V> values, Delivery<K, V> delivery) {}

  Explainer(
      String cache,
      LocalTier<K, V> local,
      Flights<K, V> flights,
      FailureMemory<K> failures,
      Trust trust,
      Ticker ticker,
      @Nullable Shared<K, V> shared) {
    this.cache = cache;
    this.local = local;
    this.flights = flights;
    this.failures = failures;
    this.trust = trust;
    this.ticker = ticker;
    this.shared = shared;
  }

  Explanation explain(K key) {
    Optional<Explanation.Remote> remote =
        shared == null ? Optional.empty() : Optional.of(remote(key, shared));
    long now = ticker.read();
    Entry<V> held = local.peek(key);
    return new Explanation(
        cache,
        key,
        held == null ? Optional.empty() : Optional.of(copy(held, now)),
        flights.underWay(key) != null,
        failures.leftAlone(key),
        remote);
  }

  private Explanation.Copy copy(Entry<V> entry, long now) {
    RefreshPause pause = entry.pause();
    EntryTags tags = entry.tags();
    return new Explanation.Copy(
        entry.isFreshAt(now) ? State.FRESH : entry.isGoneAt(now) ? State.GONE : State.STALE,
        entry.value == null,
        Duration.ofNanos(entry.freshUntil() - now),
        Duration.ofNanos(entry.goneAt - now),
        entry.stamp,
        tags == null ? List.of() : List.copyOf(tags.names()),
        trust.in(entry),
        trust.isVoid(entry),
        pause == null || pause.isOverAt(now)
            ? Optional.empty()
            : Optional.of(Duration.ofNanos(pause.until() - now)));
  }

  private Explanation.Remote remote(K key, Shared<K, V> from) {
    String text = from.remote().text(key);
    int partition = RemoteRegion.partitionOf(text);
    boolean pending = from.delivery().isPending(text, null);
    try {
      KeyState state = from.remote().inspect(text);
      Optional<Explanation.Copy> value = state.value().flatMap(stored -> value(text, stored, from));
      return new Explanation.Remote(
          partition, pending, Optional.of(state), value, Optional.empty());
    } catch (RemoteStoreException e) {
      return new Explanation.Remote(
          partition, pending, Optional.empty(), Optional.empty(), Optional.of(e.toString()));
    }
  }

  private Optional<Explanation.Copy> value(String text, StoredValue stored, Shared<K, V> from) {
    StoredEntry body = from.values().peek(text, stored);
    if (body == null) {
      return Optional.empty();
    }
    boolean holds = from.remote().hold(body.tags());
    long left = Math.min(stored.leftMillis(), body.freshMillis() + body.staleMillis());
    long fresh = left - body.staleMillis();
    return Optional.of(
        new Explanation.Copy(
            fresh > 0 ? State.FRESH : State.STALE,
            body.isAbsent(),
            Duration.ofMillis(fresh),
            Duration.ofMillis(left),
            stored.stamp(),
            body.tags().stream().map(mark -> mark.tag()).toList(),
            holds,
            !holds,
            Optional.empty()));
  }
}
