package dev.corral.redis;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.JedisCluster;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Which node of a cluster has which slots. The client learns it anew when a single command fails,
 * but not when a pipeline does: without this, a process that only looks up would never find the
 * master that took the place of a dead one.
 */
final class Topology {

  private static final Logger log = LoggerFactory.getLogger(Topology.class);

  /** How often it is asked for at most. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final boolean cluster;
  private final Runnable refresh;
  private final AtomicLong nextAt = new AtomicLong(System.nanoTime());

  private final Executor background;

  private Topology(boolean cluster, Runnable refresh, Executor background) {
    this.cluster = cluster;
    this.refresh = refresh;
    this.background = background;
  }

  /**
   * Returns that of a client; of one that knows no cluster, it never changes.
   *
   * @param background asks the nodes of the cluster, some of which may not answer
   */
  @SuppressWarnings("deprecation") // of JedisCluster, which many still have
  static Topology of(UnifiedJedis jedis, Executor background) {
    if (jedis instanceof RedisClusterClient cluster) {
      return new Topology(true, cluster::refreshClusterTopology, background);
    }
    if (jedis instanceof JedisCluster cluster) {
      return new Topology(true, cluster::refreshClusterTopology, background);
    }
    return new Topology(false, () -> {}, Runnable::run);
  }

  /** Whether each slot may be on another server. */
  boolean isCluster() {
    return cluster;
  }

  /** Notes that a node did not answer: it may have been replaced. */
  void doubt() {
    long now = System.nanoTime();
    long due = nextAt.get();
    if (now - due < 0 || !nextAt.compareAndSet(due, now + PAUSE_NANOS)) {
      return;
    }
    try {
      background.execute(this::refresh);
    } catch (RejectedExecutionException e) {
      log.trace("The store is closed", e);
    }
  }

  private void refresh() {
    try {
      refresh.run();
    } catch (JedisException e) {
      log.debug("No node of the cluster tells the slots", e);
    }
  }
}
