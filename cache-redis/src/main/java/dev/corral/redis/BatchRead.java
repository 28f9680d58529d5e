package dev.corral.redis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.RedisProtocol;

/**
 * What is read of some keys of a batch before anything is asked for. Most of a batch is in Redis
 * most of the time, and then this costs both sides half of what a {@link Question} for each key
 * does: the values come in one command, and keys of one partition share its window.
 *
 * <p>The order is that of a question, for the same reasons: what is left of the lives, the values,
 * the windows.
 */
final class BatchRead {

  private static final CommandObjects COMMANDS = new CommandObjects(RedisProtocol.RESP2);

  /** Redis serves nobody else during one command, so that one does not ask for very many values. */
  private static final int MOST_KEYS = 100;

  private final List<KeyNames> keys = new ArrayList<>();

  /** The keys of the partitions that these are in. */
  private final List<byte[]> partitionKeys = new ArrayList<>();

  /** Which of those is that of a partition. */
  private final Map<Integer, Integer> places = new HashMap<>();

  private BatchRead() {}

  /**
   * Divides a batch.
   *
   * @param spread whether the partitions are on different servers, so that only keys of the same
   *     one can be read together
   * @return the reads, which together have the keys of the batch, each as often
   */
  static List<BatchRead> of(List<KeyNames> batch, boolean spread) {
    List<BatchRead> reads = new ArrayList<>();
    Map<Integer, BatchRead> growing = new HashMap<>();
    for (KeyNames names : batch) {
      int group = spread ? names.partition : 0;
      BatchRead read = growing.get(group);
      if (read == null || read.keys.size() == MOST_KEYS) {
        read = new BatchRead();
        reads.add(read);
        growing.put(group, read);
      }
      read.add(names);
    }
    return reads;
  }

  private void add(KeyNames names) {
    keys.add(names);
    if (places.putIfAbsent(names.partition, places.size()) == null) {
      partitionKeys.add(names.partitionKey);
    }
  }

  List<KeyNames> keys() {
    return keys;
  }

  /** The commands, to be sent in one round trip. */
  List<CommandObject<?>> commands() {
    List<CommandObject<?>> commands = new ArrayList<>(keys.size() + 1 + partitionKeys.size());
    keys.forEach(names -> commands.add(COMMANDS.pttl(names.entry)));
    commands.add(COMMANDS.mget(keys.stream().map(names -> names.entry).toArray(byte[][]::new)));
    partitionKeys.forEach(partition -> commands.add(Window.command(partition)));
    return commands;
  }

  /** Reads what the entry of a key holds; what is not a string reads as nothing. */
  Held entry(int key, List<@Nullable Object> replies) {
    Object values = replies.get(keys.size());
    return Held.read(replies.get(key), values instanceof List<?> all ? all.get(key) : values);
  }

  /** Reads the window of a key's partition; null if it has no history. */
  @Nullable Window window(int key, List<@Nullable Object> replies) {
    int place = Objects.requireNonNull(places.get(keys.get(key).partition));
    return Window.read(replies.get(keys.size() + 1 + place));
  }
}
