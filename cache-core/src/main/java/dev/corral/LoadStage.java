package dev.corral;

import java.util.function.Function;

/** Loads for this process alone: without a remote tier, or while it does not answer. */
final class LoadStage<K, V> implements Stage<K, V> {

  private final Loads<K, V> loads;
  private final Lifetimes<K, V> lifetimes;
  private final Entries<K, V> entries;
  private final Versions<K, V> versions;
  private final FailureMemory<K> failures;
  private final Function<? super K, Era> eras;

  LoadStage(
      Loads<K, V> loads,
      Lifetimes<K, V> lifetimes,
      Entries<K, V> entries,
      Versions<K, V> versions,
      FailureMemory<K> failures,
      Function<? super K, Era> eras) {
    this.loads = loads;
    this.lifetimes = lifetimes;
    this.entries = entries;
    this.versions = versions;
    this.failures = failures;
    this.eras = eras;
  }

  @Override
  public Resolved<V> resolve(Miss<K, V> miss) {
    Era era = eraOf(miss.key());
    return keep(miss.key(), load(miss), era);
  }

  private Loaded<V> load(Miss<K, V> miss) {
    K key = miss.key();
    LoadFailedException standing = failures.standing(key);
    if (standing != null) {
      throw standing;
    }
    try {
      Loaded<V> loaded = loads.load(miss, miss.held());
      failures.forget(key);
      return loaded;
    } catch (LoadFailedException e) {
      throw failures.remember(key, e);
    } catch (Error e) {
      var unused = failures.remember(key, loads.failed(key, e));
      throw e;
    }
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
