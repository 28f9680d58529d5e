package dev.corral.redis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * What is read of some keys of a batch before anything is asked for. Most of a batch is in Redis
 * most of the time, and then this costs both sides half of what a {@link Question} for each key
 * does: the values and their windows come in one command, and keys of one partition share its
 * window.
 *
 * <p>The order is that of a question, for the same reasons: what is left of the lives, then the
 * values and the windows. What is left follows from the end that a value bears and from the time,
 * which is asked once. In a cluster it is asked of each key, since a command without keys goes to
 * any server, and each has its own clock.
 */
final class BatchRead {

  private static final CommandObjects COMMANDS = new CommandObjects(RedisProtocol.RESP2);

  /** Redis serves nobody else during one command, so that one does not ask for very many values. */
  private static final int MOST_KEYS = 100;

  /**
   * The server keeps what its client does not fetch yet: all values of one round trip, for which it
   * may have to evict others.
   */
  private static final int MOST_KEYS_AT_ONCE = 1_000;

  private final List<KeyNames> keys = new ArrayList<>();

  /** Which of the batch each key is. */
  private final List<Integer> places = new ArrayList<>();

  /** Which window among those that are read is that of a partition. */
  private final Map<Integer, Integer> windows = new LinkedHashMap<>();

  private final boolean spread;

  private BatchRead(boolean spread) {
    this.spread = spread;
  }

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
    for (int i = 0; i < batch.size(); i++) {
      KeyNames names = batch.get(i);
      int group = spread ? names.partition : 0;
      BatchRead read = growing.get(group);
      if (read == null || read.keys.size() == MOST_KEYS) {
        read = new BatchRead(spread);
        reads.add(read);
        growing.put(group, read);
      }
      read.add(names, i);
    }
    return reads;
  }

  private void add(KeyNames names, int place) {
    keys.add(names);
    places.add(place);
    windows.putIfAbsent(names.partition, windows.size());
  }

  /** Divides reads among round trips, in order. */
  static List<List<BatchRead>> roundTrips(List<BatchRead> reads) {
    List<List<BatchRead>> trips = new ArrayList<>();
    int first = 0;
    int size = 0;
    for (int i = 0; i < reads.size(); i++) {
      int next = reads.get(i).size();
      if (size + next > MOST_KEYS_AT_ONCE) {
        trips.add(reads.subList(first, i));
        first = i;
        size = 0;
      }
      size += next;
    }
    trips.add(reads.subList(first, reads.size()));
    return trips;
  }

  /** How many keys it reads. */
  int size() {
    return keys.size();
  }

  /** The commands, to be sent in one round trip. */
  List<CommandObject<?>> commands(RedisKeys region) {
    List<CommandObject<?>> commands = new ArrayList<>();
    if (!spread) {
      commands.add(time());
    }
    byte[][] strings = new byte[keys.size() + windows.size()][];
    int end = 0;
    for (KeyNames names : keys) {
      if (spread) {
        commands.add(COMMANDS.pttl(names.entry));
      }
      strings[end++] = names.entry;
    }
    for (Integer partition : windows.keySet()) {
      strings[end++] = region.partition(partition);
    }
    commands.add(COMMANDS.mget(strings));
    return commands;
  }

  private static CommandObject<List<byte[]>> time() {
    return new CommandObject<>(
        new CommandArguments(Protocol.Command.TIME), BuilderFactory.BINARY_LIST);
  }

  /** What is done with each key's reply. */
  interface Reader {
    /**
     * Takes what was read of one key.
     *
     * @param place which of the batch it is
     * @param held what its entry holds; what is not a string reads as nothing
     * @param window that of its partition; null if that has no history
     */
    void read(int place, KeyNames names, Held held, @Nullable Window window);
  }

  /** Makes sense of the replies. */
  void read(List<@Nullable Object> replies, Reader reader) {
    List<?> strings = list(replies.get(replies.size() - 1));
    long now = spread ? 0 : millis(list(replies.get(0)));
    List<@Nullable Window> read = new ArrayList<>(windows.size());
    for (Object window : strings.subList(keys.size(), strings.size())) {
      read.add(Window.read(window));
    }
    for (int i = 0; i < keys.size(); i++) {
      KeyNames names = keys.get(i);
      Object string = strings.get(i);
      Held held = spread ? Held.read(replies.get(i), string) : Held.readAt(now, string);
      Window window = read.get(Objects.requireNonNull(windows.get(names.partition)));
      reader.read(places.get(i), names, held, window);
    }
  }

  private static List<?> list(@Nullable Object reply) {
    if (reply instanceof JedisDataException e) {
      throw e;
    }
    return (List<?>) Objects.requireNonNull(reply);
  }

  /** Reads the time: seconds, and microseconds. */
  private static long millis(List<?> time) {
    return number(time.get(0)) * 1_000 + number(time.get(1)) / 1_000;
  }

  private static long number(Object digits) {
    byte[] bytes = (byte[]) digits;
    return Bytes.number(bytes, 0, bytes.length);
  }
}
