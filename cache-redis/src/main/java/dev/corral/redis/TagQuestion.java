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
 * The question whether a tag still holds. A hash beside the partition of the tag remembers when it
 * was invalidated last, in the field {@code t:TAG}, and in {@code since} since when it remembers:
 * if that is not what the window says, Redis has lost the hash.
 */
record TagQuestion(TagMark mark, RedisKeys keys) {

  private static final CommandObjects COMMANDS = new CommandObjects(RedisProtocol.RESP2);
  private static final byte[] SINCE = Bytes.ascii("since");
  private static final byte[] PREFIX = Bytes.ascii("t:");

  List<CommandObject<?>> commands() {
    int partition = RemoteRegion.partitionOf(mark.tag());
    byte[] field = Bytes.concat(PREFIX, mark.tag().getBytes(UTF_8));
    return List.of(
        COMMANDS.get(keys.partition(partition)),
        COMMANDS.hmget(keys.tags(partition), SINCE, field));
  }

  /** Whether the replies say that the tag holds for certain. */
  boolean holds(List<@Nullable Object> replies) {
    Window window = Window.read(replies.get(0));
    return window != null
        && window.holds(mark.seq())
        && (window.since() == 0
            || (window.since() <= mark.seq() && isReached(replies.get(1), window.since())));
  }

  /** Whether the mark has come as far as the hash says, if that is the one of the window. */
  private boolean isReached(@Nullable Object reply, long since) {
    if (reply instanceof JedisDataException e && !Refusals.isWrongType(e)) {
      throw e;
    }
    if (!(reply instanceof List<?> fields)
        || fields.size() != 2
        || Window.number(fields.get(0)) != since) {
      return false;
    }
    Object invalidated = fields.get(1);
    long seq = Window.number(invalidated);
    return invalidated == null || (seq >= 0 && seq <= mark.seq());
  }
}
