package dev.corral.bench.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corral.CacheBuilder;
import dev.corral.TieredCache;
import dev.corral.codec.StringCodec;
import dev.corral.redis.RedisStore;
import dev.corral.servers.RedisServer;
import java.time.Duration;
import org.openjdk.jmh.infra.BenchmarkParams;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.RedisClient;

/**
 * A Redis server of one contender's own, and a client that has a connection for each thread and two
 * to spare: what a contender keeps open is neither taken from another one nor in its way.
 */
final class OwnRedis implements AutoCloseable {
  private static final int SPARE_CONNECTIONS = 2;

  private final RedisServer server;
  private final RedisClient client;

  OwnRedis(BenchmarkParams benchmark) {
    server = RedisServer.start();
    ServerCpuProfiler.watch(server.uri());
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(benchmark.getThreads() + SPARE_CONNECTIONS);
    pool.setMaxIdle(benchmark.getThreads() + SPARE_CONNECTIONS);
    client =
        RedisClient.builder().hostAndPort(server.host(), server.port()).poolConfig(pool).build();
  }

  RedisClient client() {
    return client;
  }

  /** A store on this server, to be closed before it. */
  RedisStore store() {
    return RedisStore.builder(client).namespace("jmh").build();
  }

  /** A cache with a local tier that has room for one entry, and values that last. */
  static TieredCache<Long, String> withoutLocalTier(RedisStore store, String name) {
    CacheBuilder<Long, String> builder = TieredCache.builder(name);
    return builder
        .freshFor(Duration.ofHours(1))
        .maximumSize(1)
        .remote(store, StringCodec.utf8())
        .build();
  }

  /** The name under which a bare client has a key. */
  static byte[] bareKey(long key) {
    return ("bare:" + key).getBytes(UTF_8);
  }

  @Override
  public void close() {
    ServerCpuProfiler.unwatch();
    client.close();
    server.close();
  }
}
