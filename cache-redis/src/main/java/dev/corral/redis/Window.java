package dev.corral.redis;

import dev.corral.remote.RemoteRegion;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * How far a partition has come, and what of it is void.
 *
 * @param seq counts the invalidations, from a random start, so that a history that was lost is
 *     never mistaken for the next one
 * @param floor what is stamped below it is void
 */
record Window(long seq, long floor) {

  private static final CommandObjects COMMANDS = new CommandObjects(RedisProtocol.RESP2);
  static final byte[] SEQ = Bytes.ascii("seq");
  static final byte[] FLOOR = Bytes.ascii("floor");

  /** The command that reads the window of a partition. */
  static CommandObject<?> command(byte[] partition) {
    return COMMANDS.hmget(partition, SEQ, FLOOR);
  }

  /** The command that reads the seq of a partition alone. */
  static List<CommandObject<?>> seqCommand(byte[] partition) {
    return List.of(COMMANDS.hget(partition, SEQ));
  }

  /** Reads what that command answered: a seq, or that there is no history. */
  static long seq(@Nullable Object reply) {
    if (reply instanceof JedisDataException e && !Refusals.isWrongType(e)) {
      throw e;
    }
    return Math.max(RemoteRegion.NO_HISTORY, number(reply));
  }

  /** Reads what HMGET or a script answered; null if the partition has no history. */
  static @Nullable Window read(@Nullable Object reply) {
    if (reply instanceof JedisDataException e && !Refusals.isWrongType(e)) {
      throw e;
    }
    if (!(reply instanceof List<?> fields) || fields.size() != 2) {
      return null;
    }
    long seq = number(fields.get(0));
    long floor = number(fields.get(1));
    return seq < 0 || floor < 0 ? null : new Window(seq, floor);
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
