package dev.corral;

/**
 * Writes a value to the origin.
 *
 * @param <X> what it may throw, besides unchecked exceptions
 */
@FunctionalInterface
public interface Writer<K, V, X extends Exception> {

  /** Writes the value, and returns when that is committed. */
  void write(K key, V value) throws X;
}
