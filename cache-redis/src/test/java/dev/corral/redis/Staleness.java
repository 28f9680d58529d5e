package dev.corral.redis;

import dev.corral.TieredCache;
import dev.corral.codec.Codec;
import dev.corral.codec.StringCodec;
import dev.corral.servers.RedisServer;
import dev.corral.servers.faults.FaultProxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;

/**
 * Measures for how long a node serves an old value after another node's invalidation has returned,
 * while it gets none of the messages; and what a node that does nothing asks of Redis.
 */
final class Staleness {

  private static final int ROUNDS = 100;
  private static final int IDLE_SECONDS = 20;

  private Staleness() {}

  /** Takes the sync interval in milliseconds; 1000 if left out. */
  public static void main(String[] args) throws Exception {
    Duration interval = Duration.ofMillis(args.length == 0 ? 1_000 : Long.parseLong(args[0]));
    try (RedisServer server = RedisServer.start();
        FaultProxy proxy = FaultProxy.before(server);
        RedisClient direct = RedisClient.create(server.uri());
        RedisClient proxied = RedisClient.create(proxy.uri());
        RedisStore there = RedisStore.builder(direct).build();
        RedisStore here = RedisStore.builder(proxied).build();
        TieredCache<String, Long> writer = open(there, interval);
        TieredCache<String, Long> reader = open(here, interval)) {
      proxy.dropMessages((channel, message) -> true);
      long[] nanos = new long[ROUNDS];
      AtomicLong origin = new AtomicLong();
      for (int i = 0; i < ROUNDS; i++) {
        nanos[i] = round(writer, reader, origin, interval);
        System.out.printf("round %d: %d ms%n", i + 1, TimeUnit.NANOSECONDS.toMillis(nanos[i]));
      }
      Arrays.sort(nanos);
      System.out.printf(
          "syncInterval %d ms, all messages dropped (%d): old for %d ms at most, %d ms in the"
              + " median, of %d rounds%n",
          interval.toMillis(),
          proxy.messages().dropped(),
          TimeUnit.NANOSECONDS.toMillis(nanos[ROUNDS - 1]),
          TimeUnit.NANOSECONDS.toMillis(nanos[ROUNDS / 2]),
          ROUNDS);
      idle(server, proxy);
    }
  }

  private static TieredCache<String, Long> open(RedisStore store, Duration interval) {
    return TieredCache.<String, Long>builder("staleness")
        .freshFor(Duration.ofHours(1))
        .syncInterval(interval)
        .remote(store, new LongCodec())
        .build();
  }

  private static long round(
      TieredCache<String, Long> writer,
      TieredCache<String, Long> reader,
      AtomicLong origin,
      Duration interval)
      throws InterruptedException {
    String key = "key-" + ThreadLocalRandom.current().nextInt(1_000_000);
    reader.get(key, k -> origin.get());
    Thread.sleep(ThreadLocalRandom.current().nextLong(interval.toMillis()));
    long now = origin.incrementAndGet();
    writer.invalidate(key);
    long returned = System.nanoTime();
    long begun = System.nanoTime();
    while (!Long.valueOf(now).equals(reader.get(key, k -> origin.get()))) {
      Thread.sleep(1);
      begun = System.nanoTime();
    }
    return begun - returned;
  }

  private static void idle(RedisServer server, FaultProxy proxy) throws InterruptedException {
    try (Jedis admin = new Jedis(server.uri())) {
      admin.configResetStat();
      long commands = proxy.commands();
      Thread.sleep(TimeUnit.SECONDS.toMillis(IDLE_SECONDS));
      System.out.printf(
          "a node that does nothing: %.1f commands a second%n",
          (proxy.commands() - commands) / (double) IDLE_SECONDS);
      admin
          .info("commandstats")
          .lines()
          .filter(line -> line.startsWith("cmdstat_mget"))
          .forEach(line -> System.out.println("both nodes, in " + IDLE_SECONDS + " s: " + line));
    }
  }

  private static final class LongCodec implements Codec<Long> {
    private final StringCodec text = StringCodec.utf8();

    @Override
    public String name() {
      return "long";
    }

    @Override
    public byte[] encode(Long value) {
      return text.encode(value.toString());
    }

    @Override
    public Long decode(byte[] bytes) {
      return Long.valueOf(text.decode(bytes));
    }
  }
}
