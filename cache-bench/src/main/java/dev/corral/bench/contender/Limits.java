package dev.corral.bench.contender;

import java.time.Duration;

/**
 * The limits within which a node lives; plain milliseconds, as they travel in JSON.
 *
 * @param databaseConnections how many connections to the database a node may use
 * @param connectionMillis how long a load waits for one of them
 * @param redisMillis how long a command of Redis may take
 * @param loadMillis how long a get waits for a load, with contenders that know such a limit
 * @param staleLifetimes for how many lifetimes those serve stale values that do
 */
public record Limits(
    int databaseConnections,
    long connectionMillis,
    int redisMillis,
    long loadMillis,
    int staleLifetimes) {

  /** What HikariCP, Jedis and Corral come with, but for the number of connections. */
  public static final Limits USUAL =
      new Limits(
          // Few enough that the database is the bottleneck, as in most services.
          20, 30_000, 2_000, 10_000, 5);

  Duration load() {
    return Duration.ofMillis(loadMillis);
  }

  Duration redis() {
    return Duration.ofMillis(redisMillis);
  }
}
