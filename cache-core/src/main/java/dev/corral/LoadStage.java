package dev.corral;

/** Loads for this process alone: without a remote tier, or while it does not answer. */
final class LoadStage<K, V> implements Stage<K, V> {

  private final Loads<K, V> loads;
  private final Lifetimes<K, V> lifetimes;
  private final Entries<K, V> entries;

  LoadStage(Loads<K, V> loads, Lifetimes<K, V> lifetimes, Entries<K, V> entries) {
    this.loads = loads;
    this.lifetimes = lifetimes;
    this.entries = entries;
  }

  @Override
  public Resolved<V> resolve(Miss<K, V> miss) {
    return keep(loads.load(miss, miss.held()));
  }

  /** What becomes of a loaded value that only this process knows of. */
  Resolved<V> keep(Loaded<V> loaded) {
    if (loaded.freshness().isUncached()) {
      return Resolved.passing(
          entries.passing(loaded.value(), loaded.startedAt(), loaded.endedAt()));
    }
    return Resolved.kept(entries.loaded(loaded, lifetimes.draw(loaded.freshness()), 0));
  }
}
