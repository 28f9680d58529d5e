package dev.corral;

/** Decides by key and value how long a loaded value may be served. Quick, and thread-safe. */
@FunctionalInterface
public interface FreshnessPolicy<K, V> {

  /** Returns the freshness of a value that was just loaded or put. */
  Freshness freshnessOf(K key, V value);
}
