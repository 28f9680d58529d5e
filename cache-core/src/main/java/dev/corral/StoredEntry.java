package dev.corral;

import dev.corral.remote.TagMark;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What the remote tier keeps of a key: a value as bytes, or that there is none, for how long it is
 * fresh and then stale, and what it cost to load. The times are those it was stored with; how much
 * of them is left is for Redis to say.
 */
final class StoredEntry {

  /** The longest that an entry may be fresh, and the longest that it may be stale. */
  static final long MAX_MILLIS = TimeUnit.DAYS.toMillis(3650);

  private static final byte[] NO_PAYLOAD = {};

  private final boolean absent;
  private final long freshMillis;
  private final long staleMillis;
  private final long costMicros;
  private final byte[] payload;
  private final List<TagMark> tags;

  private StoredEntry(
      boolean absent,
      long freshMillis,
      long staleMillis,
      long costMicros,
      byte[] payload,
      List<TagMark> tags) {
    if (!makesSense(freshMillis, staleMillis, costMicros)) {
      throw new IllegalArgumentException(
          "An entry needs 1 ms of life, at most 3650 days fresh and as many stale, and a cost of at"
              + " least 0: fresh for %d ms, stale for %d ms, cost %d us"
                  .formatted(freshMillis, staleMillis, costMicros));
    }
    this.absent = absent;
    this.freshMillis = freshMillis;
    this.staleMillis = staleMillis;
    this.costMicros = costMicros;
    this.payload = payload;
    this.tags = tags;
  }

  /** Returns an entry with a value; {@code payload} is not copied and must not be changed. */
  static StoredEntry value(long freshMillis, long staleMillis, long costMicros, byte[] payload) {
    return new StoredEntry(false, freshMillis, staleMillis, costMicros, payload, List.of());
  }

  /** Returns an entry that says that there is no value. */
  static StoredEntry absent(long freshMillis, long staleMillis, long costMicros) {
    return new StoredEntry(true, freshMillis, staleMillis, costMicros, NO_PAYLOAD, List.of());
  }

  /** Returns whether an entry can have these times and this cost. */
  static boolean makesSense(long freshMillis, long staleMillis, long costMicros) {
    return freshMillis >= 0
        && staleMillis >= 0
        && freshMillis <= MAX_MILLIS
        && staleMillis <= MAX_MILLIS
        && freshMillis + staleMillis >= 1
        && costMicros >= 0;
  }

  /** Returns whether the loader said that there is no value. */
  boolean isAbsent() {
    return absent;
  }

  /** Returns for how long the entry was to be fresh, in milliseconds. */
  long freshMillis() {
    return freshMillis;
  }

  /** Returns for how long after that it was to be stale, in milliseconds. */
  long staleMillis() {
    return staleMillis;
  }

  /** Returns how long the load took, in microseconds. */
  long costMicros() {
    return costMicros;
  }

  /** Returns the bytes of the value themselves, not a copy; none if it is absent. */
  byte[] payload() {
    return payload;
  }

  /**
   * Returns this entry with tags: from 1 to 64, each different, as {@link TagNames} allows them.
   */
  StoredEntry tagged(List<TagMark> marks) {
    return new StoredEntry(
        absent, freshMillis, staleMillis, costMicros, payload, List.copyOf(marks));
  }

  /** Returns the tags, none of them if it bears none. */
  List<TagMark> tags() {
    return tags;
  }

  @Override
  public String toString() {
    return "StoredEntry[%s, fresh for %d ms, stale for %d ms, cost %d us, tags %s]"
        .formatted(
            absent ? "absent" : payload.length + " bytes",
            freshMillis,
            staleMillis,
            costMicros,
            tags);
  }
}
