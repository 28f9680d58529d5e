package dev.corral.bench.site;

import dev.corral.bench.node.NodeConfig.Database;
import dev.corral.servers.PostgresServer;
import dev.corral.servers.RedisServer;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.RedisClient;

/** The database and the Redis of a run: started for it, or named by the options. */
public final class Servers implements Site, AutoCloseable {
  private final @Nullable PostgresServer postgres;
  private final @Nullable RedisServer startedRedis;
  private final Database database;
  private final URI redis;

  private Servers(
      @Nullable PostgresServer postgres,
      Database database,
      @Nullable RedisServer startedRedis,
      URI redis) {
    this.postgres = postgres;
    this.database = database;
    this.startedRedis = startedRedis;
    this.redis = redis;
  }

  /**
   * Starts what is not named.
   *
   * @param runningRedis the address of a Redis that runs
   * @param runningDatabase the JDBC address of a database that runs
   * @param connections how many connections the database must allow
   */
  public static Servers start(
      Optional<URI> runningRedis, Optional<String> runningDatabase, int connections) {
    RedisServer redis = runningRedis.isPresent() ? null : RedisServer.start();
    URI address = redis == null ? runningRedis.orElseThrow() : redis.uri();
    if (runningDatabase.isPresent()) {
      return new Servers(null, new Database(runningDatabase.get(), "", ""), redis, address);
    }
    PostgresServer postgres = PostgresServer.start(settings(connections));
    var database = new Database(postgres.jdbcUrl(), postgres.user(), postgres.password());
    return new Servers(postgres, database, redis, address);
  }

  private static Map<String, String> settings(int connections) {
    return Map.of(
        "max_connections", String.valueOf(connections),
        "shared_buffers", "256MB",
        // Nothing here outlives the run.
        "fsync", "off",
        "synchronous_commit", "off",
        "full_page_writes", "off",
        // A query costs its own work on one core, every time.
        "autovacuum", "off",
        "jit", "off",
        "max_parallel_workers_per_gather", "0");
  }

  public Database database() {
    return database;
  }

  public URI redisUri() {
    return redis;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if it was not started here, and so is not ours to break
   */
  @Override
  public RedisServer redis() {
    if (startedRedis == null) {
      throw new IllegalStateException("Redis runs already, and is not ours to stop: " + redis);
    }
    return startedRedis;
  }

  @Override
  public Connection connectBeside() throws SQLException {
    String url = database.url().replaceFirst("(jdbc:postgresql://[^/]+/)[^?]*", "$1template1");
    return DriverManager.getConnection(url, database.user(), database.password());
  }

  @Override
  public Connection connect() throws SQLException {
    return database.connect();
  }

  /** Empties a Redis that was started here; keys in any other are told apart by their namespace. */
  public void emptyRedis() {
    if (startedRedis != null && startedRedis.controllable()) {
      try (var client = RedisClient.create(redis)) {
        client.flushAll();
      }
    }
  }

  @Override
  public void close() {
    if (startedRedis != null) {
      startedRedis.close();
    }
    if (postgres != null) {
      postgres.close();
    }
  }
}
