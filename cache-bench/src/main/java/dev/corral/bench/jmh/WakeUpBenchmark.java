package dev.corral.bench.jmh;

import dev.corral.TieredCache;
import dev.corral.codec.StringCodec;
import dev.corral.redis.RedisStore;
import dev.corral.servers.RedisServer;
import dev.corral.stats.Stat;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import redis.clients.jedis.RedisClient;

/**
 * From the end of a load on one node to the return of a get on another one that waits for it,
 * publication included, against one PING. Two of the threads that are woken on this way are the
 * benchmark's own: it lets the load end, and it is told the answer. What that takes is {@code
 * handOffs}, to be subtracted.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class WakeUpBenchmark {

  /** Two nodes, each with a client of its own. */
  @State(Scope.Benchmark)
  public static class Nodes {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private @Nullable RedisServer server;
    private @Nullable Node loading;
    private @Nullable Node waiting;
    private long key;

    @Setup
    public void open() {
      server = RedisServer.start();
      loading = new Node(server);
      waiting = new Node(server);
    }

    @TearDown
    public void close() {
      Objects.requireNonNull(loading).close();
      Objects.requireNonNull(waiting).close();
      Objects.requireNonNull(server).close();
      threads.shutdown();
    }
  }

  private static final class Node implements AutoCloseable {
    private final RedisClient jedis;
    private final RedisStore store;
    private final TieredCache<Long, String> cache;

    Node(RedisServer server) {
      jedis = RedisClient.create(server.uri());
      store = RedisStore.builder(jedis).namespace("jmh").build();
      cache =
          TieredCache.<Long, String>builder("products")
              .freshFor(Duration.ofSeconds(30))
              .remote(store, StringCodec.utf8())
              .build();
    }

    @Override
    public void close() {
      cache.close();
      store.close();
      jedis.close();
    }
  }

  /** A load that is about to end, and a get of the other node that is registered for it. */
  @State(Scope.Benchmark)
  public static class Waiter {
    private CountDownLatch end = new CountDownLatch(0);
    private @Nullable Future<String> answer;

    @Setup(Level.Invocation)
    public void begin(Nodes nodes) throws Exception {
      long key = nodes.key++;
      var began = new CountDownLatch(1);
      var mayEnd = new CountDownLatch(1);
      end = mayEnd;
      var unused =
          nodes.threads.submit(
              () ->
                  Objects.requireNonNull(nodes.loading)
                      .cache
                      .get(
                          key,
                          k -> {
                            began.countDown();
                            mayEnd.await();
                            return "value";
                          }));
      began.await();
      Node other = Objects.requireNonNull(nodes.waiting);
      long waits = other.cache.stats().get(Stat.REMOTE_WAIT);
      answer = nodes.threads.submit(() -> other.cache.get(key, k -> "never"));
      while (other.cache.stats().get(Stat.REMOTE_WAIT) == waits) {
        Thread.onSpinWait();
      }
      // Its registration is under way: a round trip or two.
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  @Benchmark
  public String corral(Waiter waiter) throws Exception {
    waiter.end.countDown();
    return Objects.requireNonNull(waiter.answer).get();
  }

  /** As {@link Waiter}, but who is let go on is the one that has the answer. */
  @State(Scope.Benchmark)
  public static class Neighbour {
    private CountDownLatch end = new CountDownLatch(0);
    private @Nullable Future<String> answer;

    @Setup(Level.Invocation)
    public void begin(Nodes nodes) throws Exception {
      var began = new CountDownLatch(1);
      var mayEnd = new CountDownLatch(1);
      end = mayEnd;
      answer =
          nodes.threads.submit(
              () -> {
                began.countDown();
                mayEnd.await();
                return "value";
              });
      began.await();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  @Benchmark
  public String handOffs(Neighbour neighbour) throws Exception {
    neighbour.end.countDown();
    return Objects.requireNonNull(neighbour.answer).get();
  }

  @Benchmark
  public String ping(Nodes nodes) {
    return Objects.requireNonNull(nodes.loading).jedis.ping();
  }
}
