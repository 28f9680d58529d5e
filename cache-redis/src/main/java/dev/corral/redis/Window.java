package dev.corral.redis;

import dev.corral.remote.RemoteRegion;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * How far a partition has come, and what of it is void: what the string at the partition's key
 * says, {@code seq(16 digits) floor(16 digits) since(16 digits)}. It is a string, not a hash, since
 * {@code MGET} reads many strings in one command, those of values included.
 *
 * @param seq counts the invalidations, from a random start, so that a history that was lost is
 *     never mistaken for the next one
 * @param floor what is stamped below it is void
 * @param since the seq since which the partition's tags are remembered; zero if none was ever
 *     invalidated
 */
record Window(long seq, long floor, long since) {

  private static final int FLOOR = Bytes.NUMBER;
  private static final int SINCE = 2 * Bytes.NUMBER;
  private static final int LENGTH = 3 * Bytes.NUMBER;

  /** Reads what Redis or a script answered; null if the partition has no history. */
  static @Nullable Window read(@Nullable Object reply) {
    if (reply instanceof JedisDataException e && !Refusals.isWrongType(e)) {
      throw e;
    }
    if (!(reply instanceof byte[] bytes) || bytes.length != LENGTH) {
      return null;
    }
    long seq = Bytes.number(bytes, 0, Bytes.NUMBER);
    long floor = Bytes.number(bytes, FLOOR, Bytes.NUMBER);
    long since = Bytes.number(bytes, SINCE, Bytes.NUMBER);
    return seq < 0 || floor < 0 || since < 0 ? null : new Window(seq, floor, since);
  }

  /** Reads how far a partition has come, or that it has no history. */
  static long seq(@Nullable Object reply) {
    Window window = read(reply);
    return window == null ? RemoteRegion.NO_HISTORY : window.seq;
  }

  /**
   * Reads the stamp that a script answered.
   *
   * @throws IllegalStateException if it is none
   */
  static long stamp(@Nullable Object reply) {
    long stamp = number(reply);
    if (stamp < 0) {
      throw new IllegalStateException("not a stamp: " + reply);
    }
    return stamp;
  }

  /** Reads a field that holds a seq; -1 if it does not. */
  static long number(@Nullable Object field) {
    return field instanceof byte[] bytes && bytes.length == Bytes.NUMBER
        ? Bytes.number(bytes, 0, Bytes.NUMBER)
        : -1;
  }

  /** Whether what bears this stamp is not void. Above seq is the mark of another history. */
  boolean holds(long stamp) {
    return floor <= stamp && stamp <= seq;
  }
}
