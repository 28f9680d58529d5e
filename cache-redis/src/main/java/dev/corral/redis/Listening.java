package dev.corral.redis;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.UnifiedJedis;

/** Where the subscription's connections come from, and what sees to it that they are alive. */
final class Listening {

  private final UnifiedJedis jedis;
  private final Pools pools;
  private final ScheduledExecutorService timer;
  private final Duration heartbeat;

  Listening(UnifiedJedis jedis, Pools pools, ScheduledExecutorService timer, Duration heartbeat) {
    this.jedis = jedis;
    this.pools = pools;
    this.timer = timer;
    this.heartbeat = heartbeat;
  }

  /**
   * Takes a connection; null if the client does not give one away, so that nobody but its timeouts
   * can end it.
   */
  @Nullable Connection take() {
    return pools.take();
  }

  /** Returns the client, which subscribes by itself what it does not give away. */
  UnifiedJedis client() {
    return jedis;
  }

  /** Begins to call once a heartbeat, until the future is cancelled; null if that is over. */
  @Nullable Future<?> watch(Runnable call) {
    try {
      long nanos = heartbeat.toNanos();
      return timer.scheduleWithFixedDelay(call, nanos, nanos, NANOSECONDS);
    } catch (RejectedExecutionException e) {
      return null;
    }
  }
}
