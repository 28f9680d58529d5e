package dev.corral.redis;

import dev.corral.remote.RemoteRegion;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.CommandObject;
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

  private final UnifiedJedis jedis;
  private final Topology topology;

  RoundTrip(UnifiedJedis jedis, Topology topology) {
    this.jedis = jedis;
    this.topology = topology;
  }

  /** Reads how far each partition of a region has come, of which every server has some. */
  long[] seqs(RedisKeys keys) {
    List<List<CommandObject<?>>> questions =
        IntStream.range(0, RemoteRegion.PARTITIONS)
            .mapToObj(i -> Window.seqCommand(keys.partition(i)))
            .toList();
    return askAll(questions).stream().mapToLong(replies -> Window.seq(replies.get(0))).toArray();
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
   * Runs groups of commands, each group on the keys of one slot and in the order given.
   *
   * @return the replies of each group, where an error reply is a {@link JedisDataException}
   */
  List<List<@Nullable Object>> askAll(List<List<CommandObject<?>>> groups) {
    List<CommandObject<?>> commands = new ArrayList<>();
    groups.forEach(commands::addAll);
    List<@Nullable Object> replies = send(commands);
    List<List<@Nullable Object>> grouped = new ArrayList<>(groups.size());
    int start = 0;
    for (List<CommandObject<?>> group : groups) {
      List<@Nullable Object> own = replies.subList(start, start + group.size());
      followRedirection(group, own);
      grouped.add(own);
      start += group.size();
    }
    return grouped;
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
    try {
      return commands.isEmpty() ? new ArrayList<>() : sendOnce(commands);
    } catch (JedisConnectionException | JedisClusterOperationException e) {
      topology.doubt();
      throw e;
    }
  }

  private List<@Nullable Object> sendOnce(List<? extends CommandObject<?>> commands) {
    List<Response<?>> responses = new ArrayList<>(commands.size());
    try (AbstractPipeline pipeline = jedis.pipelined()) {
      for (CommandObject<?> command : commands) {
        responses.add(pipeline.executeCommand(command));
      }
      pipeline.sync();
    }
    List<@Nullable Object> replies = new ArrayList<>(commands.size());
    for (Response<?> response : responses) {
      replies.add(replyOf(response));
    }
    return replies;
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
