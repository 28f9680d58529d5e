package dev.corral.redis;

import dev.corral.remote.Id;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.params.SetParams;

/**
 * One look-up on its way: the commands that it sends in one round trip, and their replies.
 *
 * <p>The order of the commands is what makes them one step without a script:
 *
 * <ul>
 *   <li>{@code PTTL} comes before the value is read: an overwrite in between makes the value look
 *       older than it is, never younger.
 *   <li>{@code SET … NX GET} answers "here is a value", "someone loads" and "you load" at once.
 *   <li>The refresh right is read too, or asked for: a value's time can be up while its refresh
 *       still runs, and then nobody else shall load. If no value is there after all, the right is
 *       given back.
 *   <li>The partition's window is not read before it, so that the stamp of a granted lease is at or
 *       above that of every invalidation before the grant. In the other order an invalidation could
 *       come in between, and the fill from before it and the one from after it would share a stamp.
 * </ul>
 *
 * @param floor the floor that this node knows, for the leases it asks for
 * @param refresh whether the right to refresh is asked for too
 * @param deadline by the nano time: after it, the look-up does not start over
 */
record Question(
    KeyNames names, Id token, long floor, long leaseMillis, boolean refresh, long deadline) {

  private static final CommandObjects COMMANDS = new CommandObjects(RedisProtocol.RESP2);

  /** The commands that read, and take a lease if nothing is there. */
  List<CommandObject<?>> commands() {
    List<CommandObject<?>> commands = new ArrayList<>(5);
    SetParams ifNothing = SetParams.setParams().nx().px(leaseMillis);
    byte[] lease = Frame.lease(token, floor);
    commands.add(COMMANDS.pttl(names.entry));
    commands.add(COMMANDS.setGet(names.entry, lease, ifNothing));
    if (refresh) {
      byte[] right = names.right();
      commands.add(COMMANDS.pttl(right));
      commands.add(COMMANDS.setGet(right, lease, ifNothing));
      commands.add(COMMANDS.get(names.partitionKey));
    } else {
      commands.add(COMMANDS.mget(names.right(), names.partitionKey));
    }
    return commands;
  }

  /** The commands that only read. */
  List<CommandObject<?>> readingCommands() {
    return List.of(
        COMMANDS.pttl(names.entry), COMMANDS.get(names.entry), COMMANDS.get(names.partitionKey));
  }

  /** Reads what the entry holds. */
  Held entry(List<@Nullable Object> replies) {
    return Held.read(replies.get(0), replies.get(1));
  }

  /** Reads what the place of the refresh right holds. */
  Held right(List<@Nullable Object> replies) {
    return Held.read(replies.get(2), replies.get(3));
  }

  /** Returns the lease of another holder who refreshes the key, or null if there is none. */
  @Nullable Frame refresher(List<@Nullable Object> replies) {
    Object reply = refresh ? replies.get(3) : rightAndWindow(replies, 0);
    Frame frame = reply instanceof byte[] bytes ? Frame.read(bytes) : null;
    return frame != null && frame.isLease() && !frame.id().equals(token) ? frame : null;
  }

  @Nullable Window window(List<@Nullable Object> replies) {
    return Window.read(rightAndWindow(replies, 1));
  }

  /** The last reply, if it is to a GET; or a part of it, to MGET. */
  private static @Nullable Object rightAndWindow(List<@Nullable Object> replies, int index) {
    Object last = replies.get(replies.size() - 1);
    return last instanceof List<?> both ? both.get(index) : last;
  }
}
