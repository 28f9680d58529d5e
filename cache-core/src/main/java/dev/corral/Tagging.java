package dev.corral;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Decides which tags a value bears, and takes down what was known before it was loaded. */
final class Tagging<K, V> {

  private final @Nullable TagPolicy<? super K, ? super V> policy;
  private final Trust trust;

  /**
   * Creates the rules of one cache.
   *
   * @param policy null if only loaders put tags on values
   */
  Tagging(@Nullable TagPolicy<? super K, ? super V> policy, Trust trust) {
    this.policy = policy;
    this.trust = trust;
  }

  /** Returns what is known before a loader is called; null if its value cannot bear tags. */
  @Nullable Moment before(ContextLoader<?, ?> loader) {
    return policy == null && loader instanceof PlainLoader ? null : trust.now();
  }

  /** Returns what is known before a value comes by another way; null if it cannot bear tags. */
  @Nullable Moment before() {
    return policy == null ? null : trust.now();
  }

  /**
   * Returns the tags of a value; null if it bears none.
   *
   * @param own those that its loader put there
   * @throws IllegalArgumentException if the policy gives what cannot be a tag
   */
  @Nullable EntryTags tags(@Nullable Moment before, K key, @Nullable V value, List<String> own) {
    if (before == null) {
      return null;
    }
    if (policy == null || value == null) {
      return before.tags(own);
    }
    Collection<String> given =
        Objects.requireNonNull(
            policy.tagsOf(key, value), () -> "The tags option returned null for key " + key);
    List<String> all = new ArrayList<>(given);
    all.addAll(own);
    return before.tags(TagNames.checkAll(all));
  }
}
