package dev.corral.redis;

import dev.corral.TieredCache;
import dev.corral.codec.StringCodec;
import dev.corral.servers.RedisServer;
import dev.corral.stats.Stat;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;

/**
 * Measures what each unit of a cluster costs: an invalidation and each node that hears of it, the
 * comparison of the seqs, a value in Redis, a cache in a process. Processor time is Redis' own
 * count, and that of the threads, so that the number of cores here hardly matters.
 */
final class Scaling {

  private static final String VALUE = "x".repeat(100);
  private static final int BATCH = 1_000;
  private static final int INVALIDATIONS = 20_000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final RedisServer server;
  private final RedisClient jedis;

  private Scaling(RedisServer server, RedisClient jedis) {
    this.server = server;
    this.jedis = jedis;
  }

  /** Takes the largest number of values in Redis; 1,000,000 if left out. */
  public static void main(String[] args) throws Exception {
    long most = args.length == 0 ? 1_000_000 : Long.parseLong(args[0]);
    try (RedisServer server = RedisServer.start();
        RedisClient jedis = client(server)) {
      Scaling scaling = new Scaling(server, jedis);
      for (int nodes : new int[] {1, 2, 4, 8, 16}) {
        scaling.invalidations(nodes);
      }
      for (int nodes : new int[] {1, 8, 16}) {
        scaling.syncs(nodes);
      }
      scaling.caches();
      for (long keys = 1_000; keys <= most; keys *= 10) {
        scaling.values(keys);
      }
    }
  }

  /** Each store of this process listens on a connection of its own. */
  private static RedisClient client(RedisServer server) {
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(64);
    return RedisClient.builder().hostAndPort(server.host(), server.port()).poolConfig(pool).build();
  }

  private RedisStore store() {
    return RedisStore.builder(jedis).namespace("scaling").build();
  }

  private static TieredCache<Long, String> open(RedisStore store, String name, Duration sync) {
    return TieredCache.<Long, String>builder(name)
        .freshFor(Duration.ofHours(1))
        .syncInterval(sync)
        .remote(store, StringCodec.utf8())
        .build();
  }

  private void invalidations(int nodes) throws InterruptedException {
    List<RedisStore> stores = new ArrayList<>();
    List<TieredCache<Long, String>> caches = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      stores.add(store());
      caches.add(open(stores.get(i), "invalidations", Duration.ofMinutes(5)));
    }
    pause(2); // until all of them listen
    hold(caches);
    invalidate(caches, 1); // warms up
    measure(caches, 1, "one by one, of keys that no node holds");
    measure(caches, BATCH, BATCH + " at once, of keys that no node holds");
    hold(caches);
    measure(caches, 1, "one by one, of keys that each node holds");
    caches.forEach(TieredCache::close);
    stores.forEach(RedisStore::close);
  }

  private static void hold(List<TieredCache<Long, String>> caches) {
    for (TieredCache<Long, String> cache : caches) {
      for (long key = 0; key < INVALIDATIONS; key++) {
        cache.get(key, k -> VALUE);
      }
    }
  }

  private void measure(List<TieredCache<Long, String>> caches, int batch, String how)
      throws InterruptedException {
    double before = serverSeconds();
    long ownBefore = listeningNanos();
    invalidate(caches, batch);
    double micros = (serverSeconds() - before) * 1e6 / INVALIDATIONS;
    double own = (listeningNanos() - ownBefore) / 1e3 / INVALIDATIONS / caches.size();
    System.out.printf(
        "%2d nodes: an invalidation costs Redis %.2f us, each node %.2f us: %s%n",
        caches.size(), micros, own, how);
  }

  private static void invalidate(List<TieredCache<Long, String>> caches, int batch)
      throws InterruptedException {
    List<Long> before = caches.stream().map(Scaling::heard).toList();
    for (long first = 0; first < INVALIDATIONS; first += batch) {
      if (batch == 1) {
        caches.get(0).invalidate(first);
      } else {
        caches.get(0).invalidateAll(LongStream.range(first, first + batch).boxed().toList());
      }
    }
    for (int i = 1; i < caches.size(); i++) {
      TieredCache<Long, String> cache = caches.get(i);
      long all = before.get(i) + INVALIDATIONS;
      await(() -> heard(cache) >= all);
    }
  }

  private static long heard(TieredCache<Long, String> cache) {
    return cache.stats().get(Stat.INVALIDATION_RECEIVED);
  }

  private void syncs(int nodes) {
    Duration interval = Duration.ofMillis(100);
    List<RedisStore> stores = new ArrayList<>();
    List<TieredCache<Long, String>> caches = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      stores.add(store());
      caches.add(open(stores.get(i), "syncs", interval));
    }
    pause(3);
    double before = serverSeconds();
    long calls = mgets();
    pause(10);
    double micros = (serverSeconds() - before) * 1e6;
    long syncs = mgets() - calls;
    System.out.printf(
        "%2d nodes: %d comparisons of 256 seqs, each %.0f us of Redis%n",
        nodes, syncs, micros / syncs);
    caches.forEach(TieredCache::close);
    stores.forEach(RedisStore::close);
  }

  private void caches() {
    int count = 200;
    RedisStore store = store();
    List<TieredCache<Long, String>> caches = new ArrayList<>();
    open(store, "first", Duration.ofMinutes(5)).close();
    long before = usedHeap();
    for (int i = 0; i < count; i++) {
      caches.add(open(store, "cache-" + i, Duration.ofMinutes(5)));
    }
    pause(3);
    System.out.printf(
        "an empty cache takes %.1f KiB of heap%n", (usedHeap() - before) / 1024.0 / count);
    caches.forEach(TieredCache::close);
    store.close();
  }

  private void values(long keys) {
    jedis.flushAll();
    try (RedisStore store = store();
        TieredCache<Long, String> cache =
            TieredCache.<Long, String>builder("values-" + keys)
                .freshFor(Duration.ofHours(1))
                .maximumSize(1)
                .remote(store, StringCodec.utf8())
                .build()) {
      pause(1);
      long before = memory();
      long began = System.nanoTime();
      for (long first = 0; first < keys; first += BATCH) {
        cache.getAll(LongStream.range(first, first + BATCH).boxed().toList(), Scaling::load);
      }
      double fill = (System.nanoTime() - began) / 1e3 / keys;
      double bytes = (memory() - before) / (double) keys;
      hits(cache, keys, 20_000); // warms up
      double cpu = serverSeconds();
      long start = System.nanoTime();
      hits(cache, keys, 20_000);
      double each = (System.nanoTime() - start) / 1e3 / 20_000;
      System.out.printf(
          "%,9d values of 100 B: %.0f B of Redis each, filled in %.1f us each; a hit takes %.0f us,"
              + " %.1f of Redis%n",
          keys, bytes, fill, each, (serverSeconds() - cpu) * 1e6 / 20_000);
      cache.invalidateAll();
    }
  }

  private static void hits(TieredCache<Long, String> cache, long keys, int count) {
    long key = 0;
    for (int i = 0; i < count; i++) {
      key = (key + 7_919) % keys;
      cache.get(
          key,
          k -> {
            throw new IllegalStateException("not in Redis: " + k);
          });
    }
  }

  private static Map<Long, String> load(Iterable<? extends Long> keys) {
    Map<Long, String> values = new LinkedHashMap<>();
    keys.forEach(key -> values.put(key, VALUE));
    return values;
  }

  private static long usedHeap() {
    for (int i = 0; i < 5; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** Returns the processor time of the threads that hear messages. */
  private static long listeningNanos() {
    long nanos = 0;
    for (long id : THREADS.getAllThreadIds()) {
      var info = THREADS.getThreadInfo(id);
      if (info != null && info.getThreadName().equals("corral-subscription")) {
        nanos += Math.max(0, THREADS.getThreadCpuTime(id));
      }
    }
    return nanos;
  }

  private double serverSeconds() {
    Matcher matcher =
        Pattern.compile("^used_cpu_(?:sys|user):([0-9.]+)", Pattern.MULTILINE).matcher(info("cpu"));
    double seconds = 0;
    while (matcher.find()) {
      seconds += Double.parseDouble(matcher.group(1));
    }
    return seconds;
  }

  private long memory() {
    return number("memory", "^used_memory:(\\d+)");
  }

  private long mgets() {
    return number("commandstats", "^cmdstat_mget:calls=(\\d+)");
  }

  private long number(String section, String pattern) {
    Matcher matcher = Pattern.compile(pattern, Pattern.MULTILINE).matcher(info(section));
    return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
  }

  private String info(String section) {
    try (Jedis admin = new Jedis(server.uri())) {
      return admin.info(section);
    }
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition) throws InterruptedException {
    while (!condition.holds()) {
      Thread.sleep(1);
    }
  }

  private static void pause(int seconds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (end - System.nanoTime() > 0) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }
}
