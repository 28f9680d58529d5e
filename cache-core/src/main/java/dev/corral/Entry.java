package dev.corral;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A value of the local tier with its times, in nanoseconds of the cache's ticker. Immutable but for
 * the {@linkplain #pause() pause} of its refreshes and the {@linkplain #noteUse note} of its use.
 * There is one for each value that is held, so that it is kept small: 64 bytes.
 */
class Entry<V> {

  /**
   * In which the time is kept for which hits decide, rounded up. More of it does no harm; less, as
   * of loads of minutes, lets refreshes ahead begin later than they might.
   */
  private static final long DECIDES_UNIT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** The value, or null if the origin said that there is none. */
  final @Nullable V value;

  /** When the load of the value began; what happened in the origin later may not be in it. */
  final long loadedAt;

  /** Before this, a hit needs no decision at all. */
  private final long calmUntil;

  /** From then on to the end of the fresh time, in units. */
  private final char decidesFor;

  // Not volatile: a note that is lost among threads is made by the next hit.
  private short usedIn;

  final long goneAt;

  /** How far the key's partition had come when the load was granted; 0 without a remote tier. */
  final long stamp;

  /** The mark of the {@link Era} of its key's partition in which it came. */
  final int era;

  private final int costMicros;

  private volatile @Nullable RefreshPause pause;

  Entry(
      @Nullable V value,
      long loadedAt,
      long costMicros,
      long decidesForNanos,
      long freshUntil,
      long goneAt,
      long stamp,
      int era) {
    this.value = value;
    this.loadedAt = loadedAt;
    this.costMicros = (int) Math.min(Integer.MAX_VALUE, costMicros);
    this.decidesFor =
        (char)
            Math.min(
                Character.MAX_VALUE,
                (decidesForNanos + DECIDES_UNIT_NANOS - 1) / DECIDES_UNIT_NANOS);
    this.calmUntil = freshUntil - decidesForNanos();
    this.goneAt = goneAt;
    this.stamp = stamp;
    this.era = era;
  }

  /**
   * Makes an entry.
   *
   * @param costMicros how long the loader ran
   * @param decidesForNanos for how long before its end a hit has something to decide; 21 minutes at
   *     most
   * @param tags null if it bears none
   */
  static <V> Entry<V> of(
      @Nullable V value,
      long loadedAt,
      long costMicros,
      long decidesForNanos,
      long freshUntil,
      long goneAt,
      long stamp,
      Era era,
      @Nullable EntryTags tags) {
    int mark = era.mark();
    return tags == null
        ? new Entry<>(value, loadedAt, costMicros, decidesForNanos, freshUntil, goneAt, stamp, mark)
        : new TaggedEntry<>(
            value, loadedAt, costMicros, decidesForNanos, freshUntil, goneAt, stamp, mark, tags);
  }

  /** Returns its tags, or null if it bears none. */
  @Nullable EntryTags tags() {
    return null;
  }

  /**
   * Returns this entry for another era, in which it was found to be good still.
   *
   * @param tags the same ones, with their present eras
   * @param end when the remote tier's life of it ends: this one ends then too, if not before
   */
  Entry<V> goodIn(Era era, @Nullable EntryTags tags, long end) {
    return of(
        value,
        loadedAt,
        costMicros,
        decidesForNanos(),
        earlier(freshUntil(), end),
        earlier(goneAt, end),
        stamp,
        era,
        tags);
  }

  private static long earlier(long a, long b) {
    return a - b < 0 ? a : b;
  }

  /** When it ceases to be fresh. */
  long freshUntil() {
    return calmUntil + decidesForNanos();
  }

  private long decidesForNanos() {
    return decidesFor * DECIDES_UNIT_NANOS;
  }

  boolean isCalmAt(long now) {
    return now - calmUntil < 0;
  }

  boolean isFreshAt(long now) {
    return now - freshUntil() < 0;
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

  /** Notes that it is used in a round of {@link Uses}; whether that was not known yet. */
  boolean noteUse(short round) {
    if (usedIn == round) {
      return false;
    }
    usedIn = round;
    return true;
  }

  /** Why no refresh is to be tried for a while, or null. */
  @Nullable RefreshPause pause() {
    return pause;
  }

  void pauseRefreshes(RefreshPause pause) {
    this.pause = pause;
  }
}
