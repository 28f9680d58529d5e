package dev.corral;

/** Loads for the caller alone: nobody shares the load, and no tier keeps what it brings. */
final class ApartStage<K, V> implements Stage<K, V> {

  private final Loads<K, V> loads;
  private final Entries<K, V> entries;

  ApartStage(Loads<K, V> loads, Entries<K, V> entries) {
    this.loads = loads;
    this.entries = entries;
  }

  @Override
  public Resolved<V> resolve(Miss<K, V> miss) {
    Loaded<V> loaded = loads.load(miss, miss.held());
    return Resolved.passing(entries.passing(loaded));
  }
}
