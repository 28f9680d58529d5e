package dev.corral;

import java.util.function.Function;

/** Loads for this process alone: without a remote tier, or while it does not answer. */
final class LoadStage<K, V> implements Stage<K, V> {

  private final Loads<K, V> loads;
  private final Lifetimes<K, V> lifetimes;
  private final Entries<K, V> entries;
  private final Versions<K, V> versions;
  private final Function<? super K, Era> eras;

  LoadStage(
      Loads<K, V> loads,
      Lifetimes<K, V> lifetimes,
      Entries<K, V> entries,
      Versions<K, V> versions,
      Function<? super K, Era> eras) {
    this.loads = loads;
    this.lifetimes = lifetimes;
    this.entries = entries;
    this.versions = versions;
    this.eras = eras;
  }

  @Override
  public Resolved<V> resolve(Miss<K, V> miss) {
    Era era = eraOf(miss.key());
    return keep(miss.key(), loads.load(miss, miss.held()), era);
  }

  /** The present era of a key, to be read before it is loaded. */
  Era eraOf(K key) {
    return eras.apply(key);
  }

  /** What becomes of a loaded value that only this process knows of. */
  Resolved<V> keep(K key, Loaded<V> loaded, Era era) {
    if (loaded.freshness().isUncached()) {
      return Resolved.passing(entries.passing(loaded));
    }
    if (versions.outdate(key, loaded.version())) {
      return versions.refuse(key, entries.passing(loaded));
    }
    return Resolved.kept(entries.loaded(loaded, lifetimes.draw(loaded.freshness()), 0, era));
  }
}
