package dev.corral.servers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A Redis master with a replica, watched by three sentinels, of this test's own and on free ports
 * of the loopback address.
 *
 * <p>It is made of {@code redis-server} processes, of the program that {@code CORRAL_REDIS_BIN}
 * names or else of the one inside the embedded-redis jar, even where Docker answers and whatever
 * {@code CORRAL_REDIS_URL} says: sentinels tell clients the servers' addresses, which those of
 * containers would not be. Each is a {@link RedisServer} to pause, resume, kill and restart; a
 * master that is restarted after another took its place becomes that one's replica.
 *
 * <p>A master that does not answer for a second is taken for dead, and its replica takes its place
 * within a few seconds. All processes end with {@link #close}, with this JVM at the latest.
 */
public final class RedisSentinel implements AutoCloseable {
  private static final String MASTER = "corral";
  private static final int SENTINELS = 3;
  private static final int QUORUM = 2;

  private final List<RedisServer> servers = new ArrayList<>();
  private final List<RedisServer> sentinels = new ArrayList<>();

  private RedisSentinel() {}

  /**
   * Starts all five processes, and returns when the sentinels know each other and both servers.
   *
   * @param settings redis-server arguments of master and replica
   * @throws IllegalStateException if they do not come up
   */
  public static RedisSentinel start(String... settings) {
    var sentinel = new RedisSentinel();
    try {
      sentinel.launch(settings);
      return sentinel;
    } catch (RuntimeException e) {
      sentinel.close();
      throw e;
    }
  }

  /** The name under which the sentinels know the master. */
  public String masterName() {
    return MASTER;
  }

  /** The three sentinels. */
  public List<RedisServer> sentinels() {
    return List.copyOf(sentinels);
  }

  /** The two servers, of which the first began as the master. */
  public List<RedisServer> servers() {
    return List.copyOf(servers);
  }

  /** The master by what the sentinels say, which may be dead. Waits until they agree. */
  public RedisServer master() {
    List<RedisServer> named = new ArrayList<>();
    Patience.untilNothingIsWrong(
        "sentinels that agree on a master",
        () -> {
          named.clear();
          sentinels.forEach(sentinel -> named.add(masterBy(sentinel)));
          return Collections.frequency(named, named.get(0)) == named.size()
              ? null
              : "they name " + named.stream().map(RedisServer::uri).toList();
        });
    return named.get(0);
  }

  /** The other server than the {@link #master}. */
  public RedisServer replica() {
    return other(master());
  }

  /**
   * Waits until all sentinels name the other server as the master, and it takes itself for one.
   *
   * @param former the master that was killed or paused
   * @return the new master
   */
  public RedisServer awaitSuccessorOf(RedisServer former) {
    RedisServer other = other(former);
    Patience.untilNothingIsWrong(
        "port " + other.port() + " to be the master",
        () -> {
          for (RedisServer sentinel : sentinels) {
            if (masterBy(sentinel) != other) {
              return "the sentinel on port " + sentinel.port() + " names the former one";
            }
          }
          return isMaster(other) ? null : "it takes itself for a replica";
        });
    return other;
  }

  /** Waits until the replica is one and has all data of the master. */
  public void awaitReplica() {
    awaitReplica(replica());
  }

  private static void awaitReplica(RedisServer replica) {
    Patience.untilNothingIsWrong(
        "a replica that is in touch with its master",
        () ->
            Resp.text(replica, "INFO", "replication").contains("master_link_status:up")
                ? null
                : "it is not");
  }

  @Override
  public void close() {
    sentinels.forEach(RedisServer::close);
    servers.forEach(RedisServer::close);
  }

  private void launch(String... settings) {
    List<String> all = new ArrayList<>(List.of("--repl-diskless-sync-delay", "0"));
    all.addAll(List.of(settings));
    RedisServer master = RedisProcess.start(RedisServers.binary(), all);
    servers.add(master);
    all.addAll(List.of("--replicaof", master.host() + " " + master.port()));
    servers.add(RedisProcess.start(RedisServers.binary(), all));
    awaitReplica(servers.get(1));
    for (int i = 0; i < SENTINELS; i++) {
      RedisServer started = RedisProcess.startSentinel(RedisServers.binary(), config(master));
      sentinels.add(started);
      hurry(started);
    }
    Patience.untilNothingIsWrong("sentinels that know all others", this::strangers);
  }

  /** Lets a sentinel look around every 200 ms; by itself it takes up to ten seconds. */
  private static void hurry(RedisServer sentinel) {
    for (String period : List.of("info", "ping", "ask", "publish")) {
      Resp.text(sentinel, "SENTINEL", "DEBUG", period + "-period", 200);
    }
  }

  private static List<String> config(RedisServer master) {
    String address = master.host() + " " + master.port();
    return List.of(
        "sentinel monitor " + MASTER + " " + address + " " + QUORUM,
        "sentinel down-after-milliseconds " + MASTER + " 1000",
        "sentinel failover-timeout " + MASTER + " 5000");
  }

  private @Nullable String strangers() {
    for (RedisServer sentinel : sentinels) {
      List<String> facts = strings(Resp.ask(sentinel, "SENTINEL", "MASTER", MASTER));
      String replicas = facts.get(facts.indexOf("num-slaves") + 1);
      String others = facts.get(facts.indexOf("num-other-sentinels") + 1);
      if (!replicas.equals("1") || !others.equals(String.valueOf(SENTINELS - 1))) {
        return "port " + sentinel.port() + " knows " + others + " others, " + replicas + " replica";
      }
    }
    return null;
  }

  private RedisServer masterBy(RedisServer sentinel) {
    String port = strings(Resp.ask(sentinel, "SENTINEL", "GET-MASTER-ADDR-BY-NAME", MASTER)).get(1);
    return servers.stream()
        .filter(server -> String.valueOf(server.port()).equals(port))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("A master on port " + port + "?"));
  }

  private RedisServer other(RedisServer server) {
    return servers.get(0) == server ? servers.get(1) : servers.get(0);
  }

  private static boolean isMaster(RedisServer server) {
    return strings(Resp.ask(server, "ROLE")).get(0).equals("master");
  }

  private static List<String> strings(@Nullable Object reply) {
    return ((List<?>) Objects.requireNonNull(reply)).stream().map(String::valueOf).toList();
  }
}
