package dev.corral;

import org.jspecify.annotations.Nullable;

/** An entry that bears tags. */
final class TaggedEntry<V> extends Entry<V> {

  private final EntryTags tags;

  TaggedEntry(
      @Nullable V value,
      long loadedAt,
      long costMicros,
      long decidesForNanos,
      long freshUntil,
      long goneAt,
      long stamp,
      int era,
      EntryTags tags) {
    super(value, loadedAt, costMicros, decidesForNanos, freshUntil, goneAt, stamp, era);
    this.tags = tags;
  }

  @Override
  EntryTags tags() {
    return tags;
  }
}
