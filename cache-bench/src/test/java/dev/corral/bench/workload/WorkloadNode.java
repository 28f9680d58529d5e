package dev.corral.bench.workload;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corral.CacheListener;
import dev.corral.Freshness;
import dev.corral.TieredCache;
import dev.corral.codec.StringCodec;
import dev.corral.history.History;
import dev.corral.history.Kind;
import dev.corral.history.NodeLog;
import dev.corral.history.RecordedCache;
import dev.corral.history.RecordedOrigin;
import dev.corral.redis.RedisStore;
import dev.corral.workload.Caller;
import dev.corral.workload.Line;
import dev.corral.workload.SlowOrigin;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * A process that is one node of a workload. It does what it is told in lines, and says when it has
 * done so:
 *
 * <ul>
 *   <li>{@code call}: callers begin, each on a thread of its own;
 *   <li>{@code sync}: waits until the node knows what it missed, and Redis what it missed;
 *   <li>{@code down}: waits until Redis has failed the node since the last {@code sync};
 *   <li>{@code failing 0.5}: that share of the loads fails;
 *   <li>{@code stop}: the callers end;
 *   <li>{@code look}: looks at every key once, and writes the history.
 * </ul>
 */
final class WorkloadNode implements AutoCloseable {

  private static final int CALLERS = 3;
  private static final int BURST = 10;
  private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** The first answer may be one from before; the next two are from after, and acted upon. */
  private static final int SYNCS = 3;

  private static final Freshness SHORT = Freshness.fresh(Times.BRIEFLY).thenStale(Times.BRIEFLY);
  private static final Freshness LONG = Freshness.fresh(Duration.ofMinutes(10));

  private final History history = new History();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final SplittableRandom seeds;
  private final SlowOrigin manner;
  private final RowsInRedis rows;
  private final RecordedOrigin origin;
  private final RedisClient redis;
  private final RedisStore store;
  private final Line line;
  private final TieredCache<String, String> tiers;
  private final RecordedCache cache;
  private final double clearing;
  private final List<Future<?>> callers = new ArrayList<>();
  private final AtomicLong downs = new AtomicLong();
  private long downsBefore; // used by the thread that obeys only
  private volatile boolean stopped;

  private WorkloadNode(
      String name, HostAndPort server, URI originServer, long seed, double clearing) {
    Random random = new Random(seed);
    this.seeds = new SplittableRandom(seed);
    this.clearing = clearing;
    manner = new SlowOrigin(random::nextDouble);
    rows = new RowsInRedis(originServer);
    origin = new RecordedOrigin(rows, manner);
    redis = connect(server);
    store = RedisStore.builder(redis).namespace("workload").build();
    line = new Line(store, random::nextDouble, timer);
    tiers =
        TieredCache.<String, String>builder("texts")
            .freshness((key, value) -> key.hashCode() % 3 == 0 ? SHORT : LONG)
            .absentFor(Times.BRIEFLY)
            .failureBackoff(Duration.ofMillis(2), Duration.ofMillis(20))
            .loadTimeout(Times.LOAD_TIMEOUT)
            .leaseTime(Times.LEASE_TIME)
            .syncInterval(Times.SYNC_INTERVAL)
            .remote(line, StringCodec.utf8())
            .random(random::nextDouble)
            .listener(new DownCounter())
            .build();
    NodeLog log = history.node(name);
    cache = new RecordedCache(log, tiers, origin);
    // On a busy machine a command may take too long although nothing is wrong with Redis: what
    // the node then does without it is right, and nobody but the node knows. No other failure is
    // an excuse, and this one is only for as long as the step took.
    line.onFailure(
        (failure, begin) -> {
          if (failure.getCause() instanceof JedisConnectionException) {
            log.happened(Kind.UNREACHABLE, begin);
          }
        });
  }

  /**
   * Takes the node's name, host and port of Redis, the address of the origin, a seed, how many of
   * the calls are for all keys, and the file to write.
   */
  public static void main(String[] args) throws Exception {
    HostAndPort server = new HostAndPort(args[1], Integer.parseInt(args[2]));
    try (var node =
            new WorkloadNode(
                args[0],
                server,
                URI.create(args[3]),
                Long.parseLong(args[4]),
                Double.parseDouble(args[5]));
        var said = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      System.out.println("ready");
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        node.obey(line, Path.of(args[6]));
        System.out.println("done");
      }
    }
    // What waits for a Redis that is gone does not keep the process.
    System.exit(0);
  }

  private void obey(String order, Path file)
      throws IOException, ExecutionException, InterruptedException {
    if (order.equals("call")) {
      for (int i = 0; i < CALLERS; i++) {
        SplittableRandom random = seeds.split();
        callers.add(threads.submit(() -> call(random)));
      }
    } else if (order.equals("sync")) {
      awaitSync();
      downsBefore = downs.get();
    } else if (order.equals("down")) {
      ProcessCluster.await(() -> downs.get() > downsBefore);
    } else if (order.equals("stop")) {
      stopped = true;
      for (Future<?> caller : callers) {
        caller.get();
      }
    } else if (order.equals("look")) {
      Caller.lookAtAll(cache);
      history.writeTo(file);
    } else {
      manner.fail(Double.parseDouble(order.substring("failing ".length())));
    }
  }

  private void call(SplittableRandom random) {
    Caller caller = new Caller(origin, cache, random.split(), clearing);
    while (!stopped) {
      caller.run(BURST);
      LockSupport.parkNanos(random.nextLong(REST_NANOS));
    }
  }

  private void awaitSync() {
    long until = line.syncs() + SYNCS;
    ProcessCluster.await(() -> line.syncs() >= until && tiers.pendingInvalidations() == 0);
  }

  private static RedisClient connect(HostAndPort server) {
    int timeout = (int) Times.COMMAND_TIMEOUT.toMillis();
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(32);
    pool.setMaxIdle(32);
    pool.setMaxWait(Times.COMMAND_TIMEOUT);
    return RedisClient.builder()
        .hostAndPort(server)
        .clientConfig(
            DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis(timeout)
                .socketTimeoutMillis(timeout)
                .build())
        .poolConfig(pool)
        .build();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    timer.shutdownNow();
    tiers.close();
    store.close();
    redis.close();
    rows.close();
  }

  private final class DownCounter implements CacheListener<String, String> {
    @Override
    public void remoteDown(Throwable failure) {
      downs.incrementAndGet();
    }
  }
}
