package dev.corral;

import org.jspecify.annotations.Nullable;

/**
 * A caller who found nothing to serve, or a refresh: what is wanted, since when, and until when.
 * Times are nanoseconds of the cache's ticker.
 */
final class Miss<K, V> {

  /** An age that every entry is below. */
  static final long ANY_AGE = Long.MAX_VALUE;

  /** How far apart two readings of when one load began may be: its publish lies between them. */
  private static final long SAME_LOAD_NANOS = 5_000_000L;

  private final K key;
  private final ContextLoader<? super K, V> loader;
  private final long beganAt;
  private final long timeout;
  private final long maxAge;
  private final boolean refresh;
  private final @Nullable Entry<V> held;

  private Miss(
      K key,
      ContextLoader<? super K, V> loader,
      long beganAt,
      long timeout,
      long maxAge,
      boolean refresh,
      @Nullable Entry<V> held) {
    this.key = key;
    this.loader = loader;
    this.beganAt = beganAt;
    this.timeout = timeout;
    this.maxAge = maxAge;
    this.refresh = refresh;
    this.held = held;
  }

  /** A caller who waits, and takes any entry that is not gone and not older than {@code maxAge}. */
  static <K, V> Miss<K, V> read(
      K key,
      ContextLoader<? super K, V> loader,
      long now,
      long timeout,
      long maxAge,
      @Nullable Entry<V> held) {
    return new Miss<>(key, loader, now, timeout, maxAge, false, held);
  }

  /** A refresh in the background, which wants a fresh entry of a later load than the one held. */
  static <K, V> Miss<K, V> refresh(
      K key, ContextLoader<? super K, V> loader, long now, long timeout, Entry<V> held) {
    return new Miss<>(key, loader, now, timeout, ANY_AGE, true, held);
  }

  K key() {
    return key;
  }

  ContextLoader<? super K, V> loader() {
    return loader;
  }

  long beganAt() {
    return beganAt;
  }

  /** Until when this may wait for what others do. */
  long deadline() {
    return beganAt + timeout;
  }

  /**
   * How long this may load before others may try, from whenever that begins. Not until the {@link
   * #deadline}: those who waited for a load that hangs would take over from one another as their
   * times run out, until all of them hang in their loaders.
   */
  long timeout() {
    return timeout;
  }

  /** What the local tier held when this began, though it would not do; null if nothing. */
  @Nullable Entry<V> held() {
    return held;
  }

  /** Whether nobody waits for this, because a value is being served meanwhile. */
  boolean isRefresh() {
    return refresh;
  }

  /** Whether an entry makes a load unnecessary. */
  boolean accepts(Entry<V> entry, long now) {
    if (entry.isGoneAt(now)) {
      return false;
    }
    return refresh ? isLater(entry, now) : isYoungEnough(entry);
  }

  /**
   * Whether an entry is young enough, whatever else is to be said of it: its age counts from the
   * beginning of its load to the beginning of this miss.
   */
  boolean isYoungEnough(Entry<V> entry) {
    return maxAge == ANY_AGE || !entry.isOlderThan(maxAge, beganAt);
  }

  private boolean isLater(Entry<V> entry, long now) {
    return entry.isFreshAt(now)
        && (held == null || entry.loadedAt - held.loadedAt > SAME_LOAD_NANOS);
  }
}
