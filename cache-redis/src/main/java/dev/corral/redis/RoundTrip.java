package dev.corral.redis;

import dev.corral.remote.RemoteRegion;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisClusterOperationException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * Sends commands so that they cost one round trip, or one per node of a cluster. What does not
 * succeed that way for reasons of Redis' own (a script it has forgotten, a slot that has moved) is
 * sent again one by one, which is rare.
 */
final class RoundTrip {

  /**
   * How many commands are sent before their replies are read: the server keeps what is not read,
   * and a round trip for so many no longer counts.
   */
  private static final int MOST_COMMANDS = 1_000;

  private static final CommandObjects COMMANDS = new CommandObjects(RedisProtocol.RESP2);

  private final UnifiedJedis jedis;
  private final Topology topology;

  RoundTrip(UnifiedJedis jedis, Topology topology) {
    this.jedis = jedis;
    this.topology = topology;
  }

  /** Whether keys of different partitions may be on different servers. */
  boolean isToManyServers() {
    return topology.isCluster();
  }

  /** Reads how far each partition of a region has come, of which every server has some. */
  long[] seqs(RedisKeys keys) {
    byte[][] all =
        IntStream.range(0, RemoteRegion.PARTITIONS)
            .mapToObj(keys::partition)
            .toArray(byte[][]::new);
    List<@Nullable Object> windows = new ArrayList<>();
    if (isToManyServers()) {
      List<List<CommandObject<?>>> questions = new ArrayList<>();
      for (byte[] partition : all) {
        questions.add(List.of(COMMANDS.get(partition)));
      }
      askAll(questions).forEach(replies -> windows.add(replies.get(0)));
    } else {
      windows.addAll(jedis.executeCommand(COMMANDS.mget(all)));
    }
    return windows.stream().mapToLong(Window::seq).toArray();
  }

  /** Runs one script. */
  @Nullable Object call(ScriptCall call) {
    try {
      return jedis.executeCommand(call.byDigest());
    } catch (JedisNoScriptException e) {
      return jedis.executeCommand(call.whole());
    }
  }

  /**
   * Runs several scripts.
   *
   * @return their answers; an error reply is thrown, after all have been run
   */
  List<@Nullable Object> callAll(List<ScriptCall> calls) {
    List<@Nullable Object> replies = send(calls.stream().map(ScriptCall::byDigest).toList());
    List<Integer> again = unsent(replies);
    while (!again.isEmpty()) {
      // Sent whole, the first teaches its server the script for all that follow.
      int first = again.get(0);
      replies.set(first, jedis.executeCommand(calls.get(first).whole()));
      List<Integer> others = again.subList(1, again.size());
      List<@Nullable Object> answers =
          send(others.stream().map(i -> calls.get(i).byDigest()).toList());
      for (int i = 0; i < others.size(); i++) {
        replies.set(others.get(i), answers.get(i));
      }
      again = unsent(replies);
    }
    replies.forEach(RoundTrip::throwIfError);
    return replies;
  }

  /**
   * Runs groups of commands, each group on the keys of one server and in the order given.
   *
   * @return the replies of each group, where an error reply is a {@link JedisDataException}
   */
  List<List<@Nullable Object>> askAll(List<List<CommandObject<?>>> groups) {
    List<List<@Nullable Object>> grouped = new ArrayList<>(groups.size());
    List<CommandObject<?>> commands = new ArrayList<>();
    int first = 0;
    for (int i = 0; i < groups.size(); i++) {
      commands.addAll(groups.get(i));
      if (i + 1 == groups.size() || commands.size() + groups.get(i + 1).size() > MOST_COMMANDS) {
        ask(groups.subList(first, i + 1), commands, grouped);
        commands.clear();
        first = i + 1;
      }
    }
    return grouped;
  }

  private void ask(
      List<List<CommandObject<?>>> groups,
      List<CommandObject<?>> commands,
      List<List<@Nullable Object>> grouped) {
    List<@Nullable Object> replies = send(commands);
    int start = 0;
    for (List<CommandObject<?>> group : groups) {
      List<@Nullable Object> own = replies.subList(start, start + group.size());
      followRedirection(group, own);
      grouped.add(own);
      start += group.size();
    }
  }

  /** From the first command whose slot has moved, all are repeated: their order has a meaning. */
  private void followRedirection(List<CommandObject<?>> group, List<@Nullable Object> replies) {
    boolean moved = false;
    for (int i = 0; i < group.size(); i++) {
      moved |= replies.get(i) instanceof JedisRedirectionException;
      if (moved) {
        try {
          // Jedis follows the redirection itself here, and learns the slot's new place.
          replies.set(i, jedis.executeCommand(group.get(i)));
        } catch (JedisDataException e) {
          replies.set(i, e);
        }
      }
    }
  }

  private List<@Nullable Object> send(List<? extends CommandObject<?>> commands) {
    List<@Nullable Object> replies = new ArrayList<>(commands.size());
    try {
      for (int start = 0; start < commands.size(); start += MOST_COMMANDS) {
        int end = Math.min(start + MOST_COMMANDS, commands.size());
        sendOnce(commands.subList(start, end), replies);
      }
      return replies;
    } catch (JedisConnectionException | JedisClusterOperationException e) {
      topology.doubt();
      throw e;
    }
  }

  private void sendOnce(List<? extends CommandObject<?>> commands, List<@Nullable Object> replies) {
    List<Response<?>> responses = new ArrayList<>(commands.size());
    try (AbstractPipeline pipeline = jedis.pipelined()) {
      for (CommandObject<?> command : commands) {
        responses.add(pipeline.executeCommand(command));
      }
      pipeline.sync();
    }
    for (Response<?> response : responses) {
      replies.add(replyOf(response));
    }
  }

  private static @Nullable Object replyOf(Response<?> response) {
    try {
      return response.get();
    } catch (JedisDataException e) {
      return e;
    } catch (IllegalStateException e) {
      // The pipeline of a cluster logs that a node's connection broke, and leaves its replies
      // unset.
      throw new JedisConnectionException("A node of the cluster did not answer", e);
    }
  }

  /** The calls that took no effect because of where or how they were sent. */
  private static List<Integer> unsent(List<@Nullable Object> replies) {
    List<Integer> unsent = new ArrayList<>();
    for (int i = 0; i < replies.size(); i++) {
      Object reply = replies.get(i);
      if (reply instanceof JedisNoScriptException || reply instanceof JedisRedirectionException) {
        unsent.add(i);
      }
    }
    return unsent;
  }

  private static void throwIfError(@Nullable Object reply) {
    if (reply instanceof JedisDataException e) {
      throw e;
    }
  }
}
