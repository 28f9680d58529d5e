package dev.corral;

import org.jspecify.annotations.Nullable;

/** A loader that does not look at its context. */
record PlainLoader<K, V>(Loader<? super K, ? extends V> loader) implements ContextLoader<K, V> {

  @Override
  public @Nullable V load(K key, LoadContext<V> context) throws Exception {
    return loader.load(key);
  }
}
