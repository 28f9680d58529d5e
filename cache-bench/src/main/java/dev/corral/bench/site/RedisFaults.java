package dev.corral.bench.site;

import dev.corral.servers.RedisServer;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientPauseMode;

/** What goes wrong with Redis. */
public final class RedisFaults {
  private RedisFaults() {}

  /** The process dies, and an empty one takes its place in the end. */
  public static Fault killed() {
    return site -> {
      RedisServer redis = site.redis();
      redis.kill();
      return redis::restart;
    };
  }

  /** The process is stopped by SIGSTOP: it accepts connections, and answers nothing. */
  public static Fault frozen() {
    return site -> {
      RedisServer redis = site.redis();
      redis.pause();
      return redis::resume;
    };
  }

  /**
   * Again and again no command is executed for a while, as when somebody else runs long ones.
   *
   * @param pause for how long each time
   * @param every how often
   */
  public static Fault slow(Duration pause, Duration every) {
    return site -> {
      var client = new Jedis(site.redis().host(), site.redis().port());
      var pauses = Executors.newSingleThreadScheduledExecutor();
      var unused =
          pauses.scheduleAtFixedRate(
              () -> client.clientPause(pause.toMillis(), ClientPauseMode.ALL),
              0,
              every.toMillis(),
              TimeUnit.MILLISECONDS);
      return () -> {
        pauses.shutdown();
        if (!pauses.awaitTermination(1, TimeUnit.MINUTES)) {
          throw new IllegalStateException("Redis does not answer after it was slow");
        }
        client.close(); // the last pause ends by itself
      };
    };
  }
}
