package dev.corral.bench.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corral.remote.RemoteRegion;
import dev.corral.servers.RedisServer;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.SetParams;

/**
 * The ways in which a look-up could ask Redis, without a cache around them: what the commands of
 * Corral's protocol cost beside a GET, as a pipeline and as a script, for one key and for a batch.
 * Each key is in one of 256 partitions, of which each has a window.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 4, time = 1)
@Fork(3)
public class WaysToAskBenchmark {
  private static final int BATCHES = 100;
  private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();
  private static final byte[] WINDOW =
      "123456789012345612345678901234560000000000000000".getBytes(UTF_8);
  private static final byte[] LEASE = new byte[33];

  private static final String SCRIPT =
      """
      local n = #KEYS / 2
      local all = {}
      for i = 1, n do
        all[i * 3 - 2] = redis.call('PTTL', KEYS[i])
        all[i * 3 - 1] = redis.call('GET', KEYS[i])
        all[i * 3] = redis.call('GET', KEYS[n + i])
      end
      return all
      """;

  /** A Redis with values of 200 bytes, and clients of it. */
  @State(Scope.Benchmark)
  public static class Redis {
    @Param({"1", "100"})
    public int keys;

    private final List<byte[][]> entries = new ArrayList<>();
    private final List<byte[][]> rights = new ArrayList<>();
    private final List<byte[][]> partitions = new ArrayList<>();
    private @Nullable RedisServer server;
    private @Nullable UnifiedJedis jedis;
    private @Nullable UnifiedJedis resp3;
    private io.lettuce.core.@Nullable RedisClient lettuce;
    private @Nullable StatefulRedisConnection<byte[], byte[]> connection;
    private byte[] digest = {};

    @Setup
    public void open() {
      server = RedisServer.start();
      jedis = RedisClient.create(server.uri());
      resp3 =
          RedisClient.builder()
              .hostAndPort(server.host(), server.port())
              .clientConfig(
                  DefaultJedisClientConfig.builder().protocol(RedisProtocol.RESP3).build())
              .build();
      lettuce = io.lettuce.core.RedisClient.create(RedisURI.create(server.uri()));
      connection = lettuce.connect(ByteArrayCodec.INSTANCE);
      for (int i = 0; i < BATCHES; i++) {
        fill(i);
      }
      digest = jedis.scriptLoad(SCRIPT.getBytes(UTF_8), LEASE);
    }

    private void fill(int batch) {
      byte[][] batchEntries = new byte[keys][];
      byte[][] batchRights = new byte[keys][];
      byte[][] batchPartitions = new byte[keys][];
      for (int i = 0; i < keys; i++) {
        String key = Integer.toString(batch * keys + i);
        String partition = "corral:{jmh/ways:%02x}".formatted(RemoteRegion.partitionOf(key));
        batchPartitions[i] = partition.getBytes(UTF_8);
        batchEntries[i] = (partition + "e:" + key).getBytes(UTF_8);
        batchRights[i] = (partition + "r:" + key).getBytes(UTF_8);
        jedis().set(batchEntries[i], new byte[200], SetParams.setParams().px(HOUR_MILLIS));
        jedis().set(batchPartitions[i], WINDOW);
      }
      entries.add(batchEntries);
      rights.add(batchRights);
      partitions.add(batchPartitions);
    }

    UnifiedJedis jedis() {
      return Objects.requireNonNull(jedis);
    }

    @TearDown
    public void close() {
      Objects.requireNonNull(connection).close();
      Objects.requireNonNull(lettuce).shutdown();
      Objects.requireNonNull(resp3).close();
      jedis().close();
      Objects.requireNonNull(server).close();
    }
  }

  /** Which batch a thread asks for next. */
  @State(Scope.Thread)
  public static class Place {
    private int last;

    int next() {
      last = (last + 1) % BATCHES;
      return last;
    }
  }

  @Benchmark
  public Object mget(Redis redis, Place place) {
    return redis.jedis().mget(redis.entries.get(place.next()));
  }

  @Benchmark
  public Object mgetResp3(Redis redis, Place place) {
    return Objects.requireNonNull(redis.resp3).mget(redis.entries.get(place.next()));
  }

  /** One connection that all threads write to, and one thread that reads from it. */
  @Benchmark
  public Object mgetLettuce(Redis redis, Place place) {
    return Objects.requireNonNull(redis.connection).sync().mget(redis.entries.get(place.next()));
  }

  /** What a look-up of one key sends. */
  @Benchmark
  public Object lookUps(Redis redis, Place place) {
    int batch = place.next();
    SetParams ifNothing = SetParams.setParams().nx().px(30_000);
    return pipelined(
        redis,
        (pipeline, replies) -> {
          for (int i = 0; i < redis.keys; i++) {
            byte[] entry = redis.entries.get(batch)[i];
            replies.add(pipeline.pttl(entry));
            replies.add(pipeline.setGet(entry, LEASE, ifNothing));
            replies.add(pipeline.mget(redis.rights.get(batch)[i], redis.partitions.get(batch)[i]));
          }
        });
  }

  /** The same without asking for a lease. */
  @Benchmark
  public Object reads(Redis redis, Place place) {
    int batch = place.next();
    return pipelined(
        redis,
        (pipeline, replies) -> {
          for (int i = 0; i < redis.keys; i++) {
            byte[] entry = redis.entries.get(batch)[i];
            replies.add(pipeline.pttl(entry));
            replies.add(pipeline.get(entry));
            replies.add(pipeline.get(redis.partitions.get(batch)[i]));
          }
        });
  }

  /** What a batch sends, if each of its keys were in another partition. */
  @Benchmark
  public Object batchRead(Redis redis, Place place) {
    int batch = place.next();
    return pipelined(
        redis,
        (pipeline, replies) -> {
          for (byte[] entry : redis.entries.get(batch)) {
            replies.add(pipeline.pttl(entry));
          }
          replies.add(pipeline.mget(names(redis, batch)));
        });
  }

  /** As if the values told when their lives end, by the server's clock. */
  @Benchmark
  public Object batchReadWithTime(Redis redis, Place place) {
    int batch = place.next();
    return pipelined(
        redis,
        (pipeline, replies) -> {
          replies.add(pipeline.sendCommand(Protocol.Command.TIME, new byte[0][]));
          replies.add(pipeline.mget(names(redis, batch)));
        });
  }

  private static byte[][] names(Redis redis, int batch) {
    byte[][] names = new byte[2 * redis.keys][];
    System.arraycopy(redis.entries.get(batch), 0, names, 0, redis.keys);
    System.arraycopy(redis.partitions.get(batch), 0, names, redis.keys, redis.keys);
    return names;
  }

  @Benchmark
  public Object script(Redis redis, Place place) {
    int batch = place.next();
    byte[][] names = names(redis, batch);
    return redis.jedis().evalsha(redis.digest, names.length, names);
  }

  private interface Commands {
    void send(AbstractPipeline pipeline, List<Response<?>> replies);
  }

  private static Object pipelined(Redis redis, Commands commands) {
    List<Response<?>> replies = new ArrayList<>();
    try (AbstractPipeline pipeline = redis.jedis().pipelined()) {
      commands.send(pipeline, replies);
      pipeline.sync();
    }
    return replies.stream().map(Response::get).toList();
  }
}
