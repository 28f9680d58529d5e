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
  final long calmUntil;

  final long freshUntil;
  final long goneAt;

  /** How far the key's partition had come when the load was granted; 0 without a remote tier. */
  final long stamp;

  private final int costMicros;

  private volatile @Nullable RefreshPause pause;

  Entry(
      @Nullable V value,
      long loadedAt,
      long costMicros,
      long calmUntil,
      long freshUntil,
      long goneAt,
      long stamp) {
    this.value = value;
    this.loadedAt = loadedAt;
    this.costMicros = (int) Math.min(Integer.MAX_VALUE, costMicros);
    this.calmUntil = calmUntil;
    this.freshUntil = freshUntil;
    this.goneAt = goneAt;
    this.stamp = stamp;
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
