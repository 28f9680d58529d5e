package dev.corral.redis;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.RedisProtocol;

/**
 * The question whether a node's copy is still good: the commands that it sends in one round trip,
 * and their replies. Only the head of the value is sent.
 *
 * <p>What is left of the life is asked before the value, and the window after it, for the reasons
 * that {@link Question} gives.
 */
record Recheck(KeyNames names, long stamp) {

  private static final CommandObjects COMMANDS = new CommandObjects(RedisProtocol.RESP2);

  List<CommandObject<?>> commands() {
    return List.of(
        COMMANDS.pttl(names.entry),
        COMMANDS.getrange(names.entry, 0, Frame.HEADER_END),
        COMMANDS.get(names.partitionKey));
  }

  /** Returns what is left of the value's life, or nothing if it is not the copy's value. */
  Optional<Duration> left(List<@Nullable Object> replies) {
    Held held = Held.read(replies.get(0), replies.get(1));
    Window window = Window.read(replies.get(2));
    return held instanceof Held.Framed framed
            && framed.left() > 0
            && framed.frame().isValue()
            && framed.frame().number() == stamp
            && window != null
            && window.holds(stamp)
        ? Optional.of(Duration.ofMillis(framed.left()))
        : Optional.empty();
  }
}
