package dev.corral;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Has a bulk loader load a single key. */
final class LoadOfOne<K, V> implements ContextLoader<K, V> {

  private final BulkLoader<K, V> loader;

  LoadOfOne(BulkLoader<K, V> loader) {
    this.loader = loader;
  }

  @Override
  public @Nullable V load(K key, LoadContext<V> context) throws Exception {
    try {
      Map<? extends K, ? extends V> values = loader.loadAll(Set.of(key));
      return values.get(key);
    } catch (PartialLoadException e) {
      Throwable failure = e.failures().get(key);
      if (failure instanceof Exception its) {
        throw its;
      }
      if (failure instanceof Error its) {
        throw its;
      }
      // It failed for keys that nobody asked for, or with neither of these: which of them is a bug.
      throw e;
    }
  }
}
