package dev.corral;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.corral.stats.Stat;
import dev.corral.stats.StatsCounter;
import org.jspecify.annotations.Nullable;

/**
 * The entries that this process holds. A plain store: which of them may be served, and who may
 * write, is decided elsewhere. Bounded by size alone, since an entry knows its own times, and
 * Caffeine's timers would cost every hit more than the hit itself.
 */
final class LocalTier<K, V> {

  private final Upkeep upkeep;
  private final Cache<K, Entry<V>> entries;
  private final Policy<K, Entry<V>> policy;
  private final Uses uses;

  LocalTier(long maximumSize, StatsCounter stats) {
    this(maximumSize, stats, new Upkeep());
  }

  LocalTier(long maximumSize, StatsCounter stats, Upkeep upkeep) {
    this.upkeep = upkeep;
    this.entries =
        Caffeine.newBuilder()
            .maximumSize(maximumSize)
            // Of evictions alone, and at once: what is told of every removal is told by a task
            // each.
            .evictionListener(
                (@Nullable Object key, @Nullable Object entry, RemovalCause cause) ->
                    stats.count(Stat.EVICTION))
            .executor(upkeep)
            .build();
    this.policy = entries.policy();
    this.uses = new Uses(maximumSize);
  }

  @Nullable Entry<V> find(K key) {
    Entry<V> entry = policy.getIfPresentQuietly(key);
    // Caffeine notes the use in a buffer, and reorders what it holds when that is full.
    return entry != null && entry.noteUse(uses.round()) ? entries.getIfPresent(key) : entry;
  }

  /** As {@link #find}, without counting as a use. */
  @Nullable Entry<V> peek(K key) {
    return policy.getIfPresentQuietly(key);
  }

  void fill(K key, Entry<V> entry) {
    upkeep.inCaller(() -> entries.put(key, entry));
    uses.filled();
  }

  /** Unlike after a fill, the upkeep is not done here: the messages of other nodes drop, too. */
  void drop(K key) {
    entries.invalidate(key);
  }

  void dropAll() {
    entries.invalidateAll();
  }

  long estimatedSize() {
    return entries.estimatedSize();
  }
}
