package dev.corral.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corral.remote.RemoteRegion;
import dev.corral.remote.TagMark;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * The question whether a tag still holds. The partition of the tag remembers when it was
 * invalidated last, in the field {@code t:TAG}, and in {@code tags} since when it remembers.
 */
record TagQuestion(TagMark mark, RedisKeys keys) {

  private static final CommandObjects COMMANDS = new CommandObjects(RedisProtocol.RESP2);
  private static final byte[] SINCE = Bytes.ascii("tags");
  private static final byte[] PREFIX = Bytes.ascii("t:");

  private static final int WINDOW_FIELDS = 2;

  List<CommandObject<?>> commands() {
    byte[] partition = keys.partition(RemoteRegion.partitionOf(mark.tag()));
    byte[] field = Bytes.concat(PREFIX, mark.tag().getBytes(UTF_8));
    return List.of(COMMANDS.hmget(partition, Window.SEQ, Window.FLOOR, SINCE, field));
  }

  /** Whether the reply says that the tag holds for certain. */
  boolean holds(@Nullable Object reply) {
    if (reply instanceof JedisDataException e && !Refusals.isWrongType(e)) {
      throw e;
    }
    if (!(reply instanceof List<?> fields) || fields.size() != WINDOW_FIELDS + 2) {
      return false;
    }
    Window window = Window.read(fields.subList(0, WINDOW_FIELDS));
    return window != null
        && window.holds(mark.seq())
        && isReached(fields.get(WINDOW_FIELDS))
        && isReached(fields.get(WINDOW_FIELDS + 1));
  }

  /** Whether the mark has come as far as a field says, if it is there. */
  private boolean isReached(@Nullable Object field) {
    if (field == null) {
      return true;
    }
    long seq = Window.number(field);
    return seq >= 0 && seq <= mark.seq();
  }
}
