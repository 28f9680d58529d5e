package dev.corral.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corral.remote.RemoteStoreException;
import dev.corral.servers.RedisCluster;
import dev.corral.servers.RedisServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;

/**
 * Counts invalidations that a master acknowledged and that the replica which took its place does
 * not know. One client invalidates one key over and over, so they are what the partition's seq
 * lacks. Its main method measures; a test makes sure of the case that always loses.
 */
final class FailoverLoss implements AutoCloseable {

  static final String KEY = "key";

  private static final int ROUNDS = 20;
  private static final int BEFORE_THE_KILL = 2_000;

  final Node node;
  private final RedisCluster cluster;
  private final UnifiedJedis jedis;
  private final String cache = Node.newCache();
  private final byte[] partition;

  FailoverLoss(RedisCluster cluster) throws InterruptedException {
    this.cluster = cluster;
    jedis = connect(cluster);
    node = Node.listening(jedis, cache);
    partition = node.keys.of(KEY).partitionKey;
  }

  private static UnifiedJedis connect(RedisCluster cluster) {
    RedisServer any = cluster.masters().get(0);
    return RedisClusterClient.builder()
        .nodes(Set.of(new HostAndPort(any.host(), any.port())))
        .clientConfig(DefaultJedisClientConfig.builder().timeoutMillis(500).build())
        .maxAttempts(1)
        .build();
  }

  /** What a node that comes now finds. */
  String found() {
    try (UnifiedJedis fresh = connect(cluster);
        Node late = Node.of(fresh, cache)) {
      return late.find(KEY);
    }
  }

  RedisServer master() {
    return cluster.masterOf(new String(partition, UTF_8));
  }

  /** Waits until the replica has all that the master acknowledged so far. */
  void awaitReplication() {
    try (Jedis admin = new Jedis(master().uri())) {
      // A WAIT counts the writes of its own connection.
      admin.set(node.keys.of(KEY).failures(), new byte[0]);
      if (admin.waitReplicas(1, 10_000) < 1) {
        throw new IllegalStateException("The replica does not follow");
      }
    }
  }

  /**
   * Kills the master while invalidations are running, and lets the cluster replace it.
   *
   * @return how many that were acknowledged are lost; -1 if all are there and one more
   */
  long lostByAKill() {
    RedisServer master = master();
    long before = seq(master);
    var acknowledged = new AtomicLong();
    CompletableFuture<Void> invalidating =
        CompletableFuture.runAsync(
            () -> {
              try {
                while (true) {
                  node.region.invalidate(KEY);
                  if (acknowledged.incrementAndGet() == BEFORE_THE_KILL) {
                    // In the middle of the stream: another thread kills while this one goes on.
                    var unused = CompletableFuture.runAsync(master::kill);
                  }
                }
              } catch (RemoteStoreException e) {
                // The master is dead.
              }
            });
    invalidating.join();
    cluster.awaitOk();
    RedisServer successor = master();
    if (acknowledged.get() < BEFORE_THE_KILL || successor == master) {
      throw new IllegalStateException(
          "Nothing was measured: " + acknowledged + " acknowledged, master " + successor.uri());
    }
    // One below zero if the last one took effect and its answer was lost: that hides a loss of one.
    long lost = before + acknowledged.get() - seq(successor);
    master.restart();
    cluster.awaitOk();
    return lost;
  }

  /**
   * Cuts the replica off, lets the master acknowledge so many invalidations, kills it, and lets the
   * replica take its place.
   *
   * @return how many of them are lost
   */
  long lostByAStalledLink(int invalidations) {
    RedisServer master = master();
    RedisServer replica = cluster.replicasOf(master).get(0);
    long before = seq(master);
    // Frozen it cannot connect again, and what is sent to it from now on is not in its sockets.
    replica.pause();
    try (Jedis admin = new Jedis(master.uri())) {
      admin.clientKill(new ClientKillParams().type(ClientType.REPLICA));
    }
    for (int i = 0; i < invalidations; i++) {
      node.region.invalidate(KEY);
    }
    if (seq(master) != before + invalidations) {
      throw new IllegalStateException("Somebody else invalidates");
    }
    master.kill();
    replica.resume();
    cluster.failover(replica, RedisCluster.Failover.TAKEOVER);
    return before + invalidations - seq(replica);
  }

  /** The seq of the key's partition, on one server. */
  private long seq(RedisServer server) {
    try (Jedis admin = new Jedis(server.uri())) {
      admin.readonly();
      return Window.seq(admin.get(partition));
    }
  }

  @Override
  public void close() {
    node.close();
    jedis.close();
  }

  /** Measures a number of rounds of both, and prints what was lost in each. */
  public static void main(String[] args) throws InterruptedException {
    List<Long> killed = new ArrayList<>();
    List<Long> stalled = new ArrayList<>();
    try (RedisCluster cluster = RedisCluster.start(3, 1)) {
      for (int i = 0; i < ROUNDS; i++) {
        try (var loss = new FailoverLoss(cluster)) {
          killed.add(loss.lostByAKill());
        }
        System.out.println("Lost by a kill: " + killed);
      }
      for (int i = 0; i < 3; i++) {
        try (var loss = new FailoverLoss(cluster)) {
          RedisServer master = loss.master();
          stalled.add(loss.lostByAStalledLink(100));
          master.restart();
          cluster.awaitOk();
        }
        System.out.println("Lost of 100 by a stalled link: " + stalled);
      }
    }
    Collections.sort(killed);
    System.out.printf(
        "%d kills: median %d, most %d%n",
        killed.size(), killed.get(killed.size() / 2), killed.get(killed.size() - 1));
  }
}
