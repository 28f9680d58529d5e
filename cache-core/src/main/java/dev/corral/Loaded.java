package dev.corral;

import org.jspecify.annotations.Nullable;

/**
 * What a loader returned. Times are nanoseconds of the cache's ticker.
 *
 * @param value null if the origin has none
 * @param freshness how long it lives, before jitter
 * @param notModified whether it is the previous value, which the origin still has
 * @param startedAt when the loader was called
 * @param endedAt when it returned
 * @param tags the tags of the value; null if it bears none
 * @param version the version of the value; null if it has none
 */
record Loaded<V>(
    @Nullable V value,
    Freshness freshness,
    boolean notModified,
    long startedAt,
    long endedAt,
    @Nullable EntryTags tags,
    @Nullable Long version) {

  long costNanos() {
    return endedAt - startedAt;
  }
}
