package dev.corral;

import org.jspecify.annotations.Nullable;

/** Makes entries of what loaders, callers and the remote tier bring. */
final class Entries<K, V> {

  private static final long NANOS_PER_MILLI = 1_000_000L;

  /**
   * Beyond this many times its cost before its end, the chance that a value is refreshed ahead is
   * below 1 in 160,000, and not worth a draw.
   */
  private static final double FARTHEST_EARLINESS = 12;

  private final Lifetimes<K, V> lifetimes;
  private final double refreshAheadBeta;
  private final long slackNanos;

  /**
   * Creates the rules of one cache.
   *
   * @param refreshAheadBeta the eagerness of refreshes ahead; 0 = none
   * @param slackNanos how far behind the time may be by which hits decide
   */
  Entries(Lifetimes<K, V> lifetimes, double refreshAheadBeta, long slackNanos) {
    this.lifetimes = lifetimes;
    this.refreshAheadBeta = refreshAheadBeta;
    this.slackNanos = slackNanos;
  }

  /**
   * An entry of which {@code freshLeft} and then {@code staleFor} were left at {@code now}.
   *
   * @param stamp its place in the order of its partition; 0 without a remote tier
   * @param era read before the remote tier, or the origin, was asked
   */
  Entry<V> living(
      @Nullable V value,
      long loadedAt,
      long costNanos,
      long now,
      long freshLeftNanos,
      long staleNanos,
      long stamp,
      Era era,
      @Nullable EntryTags tags) {
    long freshUntil = now + lifetimes.drawLocalNanos(freshLeftNanos);
    // Without a stale window, what is cut off the fresh time is not served as stale either.
    long goneAt = staleNanos == 0 ? freshUntil : now + freshLeftNanos + staleNanos;
    long decidesFor = (long) (costNanos * refreshAheadBeta * FARTHEST_EARLINESS) + slackNanos;
    return Entry.of(
        value, loadedAt, costNanos / 1_000, decidesFor, freshUntil, goneAt, stamp, era, tags);
  }

  /** An entry of a loaded value, which lives as {@code life} says from the end of its load. */
  Entry<V> loaded(Loaded<V> loaded, Life life, long stamp, Era era) {
    return living(
        loaded.value(),
        loaded.startedAt(),
        loaded.costNanos(),
        loaded.endedAt(),
        life.freshMillis() * NANOS_PER_MILLI,
        life.staleMillis() * NANOS_PER_MILLI,
        stamp,
        era,
        loaded.tags());
  }

  /** An entry with no life at all, for those who wait for it. */
  Entry<V> passing(Loaded<V> loaded) {
    long now = loaded.endedAt();
    return Entry.of(loaded.value(), loaded.startedAt(), 0, 0, now, now, 0, Era.NONE, loaded.tags());
  }
}
