package dev.corral.bench.contender;

import java.time.Duration;

/**
 * The limits within which a node lives; plain milliseconds, as they travel in JSON.
 *
 * @param databaseConnections how many connections to the database a node may use
 * @param connectionMillis how long a load waits for one of them
 * @param redisMillis how long a command of Redis may take
 * @param redisSlowMillis from when on an answer of Redis is slow, for contenders that care
 * @param loadMillis how long a get waits for a load, with contenders that know such a limit
 * @param staleLifetimes for how many lifetimes those serve stale values that do
 */
public record Limits(
    int databaseConnections,
    long connectionMillis,
    int redisMillis,
    long redisSlowMillis,
    long loadMillis,
    int staleLifetimes) {

  /** What HikariCP, Jedis and Corral come with, but for the number of connections. */
  public static final Limits USUAL =
      new Limits(
          // Few enough that the database is the bottleneck, as in most services.
          20, 30_000, 2_000, 500, 10_000, 5);

  /** The same with other limits on the way to Redis. */
  public Limits withRedis(Duration command, Duration slow) {
    return new Limits(
        databaseConnections,
        connectionMillis,
        (int) command.toMillis(),
        slow.toMillis(),
        loadMillis,
        staleLifetimes);
  }

  /** The same with another number of connections to the database. */
  public Limits withDatabaseConnections(int count) {
    return new Limits(
        count, connectionMillis, redisMillis, redisSlowMillis, loadMillis, staleLifetimes);
  }

  /** The same with other limits for loads. */
  public Limits withLoads(Duration connection, Duration load) {
    return new Limits(
        databaseConnections,
        connection.toMillis(),
        redisMillis,
        redisSlowMillis,
        load.toMillis(),
        staleLifetimes);
  }

  Duration load() {
    return Duration.ofMillis(loadMillis);
  }

  Duration redisSlow() {
    return Duration.ofMillis(redisSlowMillis);
  }

  Duration redis() {
    return Duration.ofMillis(redisMillis);
  }
}
