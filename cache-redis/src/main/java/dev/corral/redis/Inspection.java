package dev.corral.redis;

import dev.corral.remote.KeyState;
import dev.corral.remote.Lookup;
import dev.corral.remote.RemoteRegion;
import dev.corral.remote.StoredFailure;
import dev.corral.remote.StoredValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.RedisProtocol;

/**
 * The question where a key stands, which changes nothing: commands that read, and their replies.
 * Each life is asked before what lives, so that it is never told longer than it is.
 */
record Inspection(KeyNames names) {

  private static final CommandObjects COMMANDS = new CommandObjects(RedisProtocol.RESP2);

  List<CommandObject<?>> commands() {
    byte[] right = names.right();
    return List.of(
        COMMANDS.pttl(names.entry),
        COMMANDS.get(names.entry),
        COMMANDS.pttl(right),
        COMMANDS.get(right),
        COMMANDS.get(names.partitionKey));
  }

  KeyState read(List<@Nullable Object> replies) {
    Held.@Nullable Framed entry = framed(replies.get(0), replies.get(1));
    Held.@Nullable Framed right = framed(replies.get(2), replies.get(3));
    Window window = Window.read(replies.get(4));
    Optional<KeyState.Holder> holder = holder(entry, window, false);
    Optional<Lookup.BackingOff> failure = failure(entry);
    return new KeyState(
        names.partition,
        window == null ? RemoteRegion.NO_HISTORY : window.seq(),
        value(entry, window),
        holder.isPresent() ? holder : holder(right, window, true),
        failure.isPresent() ? failure : failure(right));
  }

  private static Held.@Nullable Framed framed(@Nullable Object pttl, @Nullable Object value) {
    return Held.read(pttl, value) instanceof Held.Framed framed ? framed : null;
  }

  private static Optional<StoredValue> value(Held.@Nullable Framed entry, @Nullable Window window) {
    if (entry == null || window == null || !entry.frame().isValue()) {
      return Optional.empty();
    }
    Frame frame = entry.frame();
    return window.holds(frame.number())
        ? Optional.of(
            new StoredValue(frame.body(), frame.id(), frame.number(), Math.max(0, entry.left())))
        : Optional.empty();
  }

  private static Optional<KeyState.Holder> holder(
      Held.@Nullable Framed held, @Nullable Window window, boolean refresh) {
    if (held == null || window == null || !held.frame().isLease()) {
      return Optional.empty();
    }
    Frame frame = held.frame();
    return frame.number() == window.floor()
        ? Optional.of(
            new KeyState.Holder(frame.id(), refresh, left(held), frame.body().length / Long.BYTES))
        : Optional.empty();
  }

  private static Optional<Lookup.BackingOff> failure(Held.@Nullable Framed held) {
    return held != null && held.frame().isFailure()
        ? Optional.of(new Lookup.BackingOff(new StoredFailure(held.frame().body()), left(held)))
        : Optional.empty();
  }

  private static Duration left(Held.Framed held) {
    return Duration.ofMillis(Math.max(0, held.left()));
  }
}
