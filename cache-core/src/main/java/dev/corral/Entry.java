package dev.corral;

import org.jspecify.annotations.Nullable;

/**
 * A value of the local tier with its times, in nanoseconds of the cache's ticker. Immutable but for
 * the {@linkplain #pause() pause} of its refreshes.
 */
final class Entry<V> {

  /** The value, or null if the origin said that there is none. */
  final @Nullable V value;

  /** When the load of the value began; what happened in the origin later may not be in it. */
  final long loadedAt;

  /** Before this, a hit needs no decision at all. At or before {@link #freshUntil}. */
  private final long calmUntil;

  final long freshUntil;
  final long goneAt;

  /** How far the key's partition had come when the load was granted; 0 without a remote tier. */
  final long stamp;

  /** The partition of its key, and in which of that partition's {@linkplain Era eras} it came. */
  final int partition;

  final int era;

  /** Null if it bears none. */
  final @Nullable EntryTags tags;

  private final int costMicros;

  private volatile @Nullable RefreshPause pause;

  Entry(
      @Nullable V value,
      long loadedAt,
      long costMicros,
      long calmUntil,
      long freshUntil,
      long goneAt,
      long stamp,
      Era era,
      @Nullable EntryTags tags) {
    this.value = value;
    this.loadedAt = loadedAt;
    this.costMicros = (int) Math.min(Integer.MAX_VALUE, costMicros);
    this.calmUntil = calmUntil;
    this.freshUntil = freshUntil;
    this.goneAt = goneAt;
    this.stamp = stamp;
    this.partition = era.partition();
    this.era = era.number();
    this.tags = tags;
  }

  /**
   * Returns this entry for another era, in which it was found to be good still.
   *
   * @param tags the same ones, with their present eras
   * @param end when the remote tier's life of it ends: this one ends then too, if not before
   */
  Entry<V> goodIn(Era era, @Nullable EntryTags tags, long end) {
    return new Entry<>(
        value,
        loadedAt,
        costMicros,
        earlier(calmUntil, end - (freshUntil - calmUntil)),
        earlier(freshUntil, end),
        earlier(goneAt, end),
        stamp,
        era,
        tags);
  }

  private static long earlier(long a, long b) {
    return a - b < 0 ? a : b;
  }

  boolean isCalmAt(long now) {
    return now - calmUntil < 0;
  }

  boolean isFreshAt(long now) {
    return now - freshUntil < 0;
  }

  boolean isGoneAt(long now) {
    return now - goneAt >= 0;
  }

  boolean isStaleAt(long now) {
    return !isFreshAt(now) && !isGoneAt(now);
  }

  boolean isOlderThan(long maxAgeNanos, long now) {
    return now - loadedAt > maxAgeNanos;
  }

  /** How long the loader ran. */
  long costNanos() {
    return costMicros * 1_000L;
  }

  /** Why no refresh is to be tried for a while, or null. */
  @Nullable RefreshPause pause() {
    return pause;
  }

  void pauseRefreshes(RefreshPause pause) {
    this.pause = pause;
  }
}
