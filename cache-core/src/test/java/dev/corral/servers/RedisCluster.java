package dev.corral.servers;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Redis Cluster of this test's own, on free ports of the loopback address: masters that share the
 * slots evenly, each with as many replicas.
 *
 * <p>It is made of {@code redis-server} processes, of the program that {@code CORRAL_REDIS_BIN}
 * names or else of the one inside the embedded-redis jar, even where Docker answers and whatever
 * {@code CORRAL_REDIS_URL} says: the nodes of a cluster tell clients their addresses, which those
 * of containers would not be. Each node is a {@link RedisServer} to pause, resume, kill and
 * restart; one that is restarted is empty and finds its way back into the cluster as a replica, or
 * as the master if nobody took its place.
 *
 * <p>A node that does not answer for a second is taken for dead by the others, and the replica of a
 * dead master takes its place within a few seconds, however old its data. All nodes end with {@link
 * #close}, with this JVM at the latest.
 */
public final class RedisCluster implements AutoCloseable {

  /** How a replica becomes a master while its own master may still live. */
  public enum Failover {
    /** The master stops, hands over all its data, and becomes a replica. It has to live. */
    ORDERLY,
    /** The other masters agree, the own one is not asked: what it has not sent is lost. */
    FORCE,
    /** Nobody is asked. */
    TAKEOVER
  }

  private static final int SLOTS = 16_384;
  private static final String NODE_TIMEOUT_MILLIS = "1000";

  private final List<RedisServer> nodes = new ArrayList<>();

  private RedisCluster() {}

  /**
   * Starts a cluster, and returns when all nodes serve and agree.
   *
   * @param masters at least 1; a cluster of fewer than 3 never replaces a master by itself
   * @param settings redis-server arguments of each node, such as {@code "--maxmemory", "64mb"}
   * @throws IllegalStateException if it does not come up
   */
  public static RedisCluster start(int masters, int replicasEach, String... settings) {
    if (masters < 1 || replicasEach < 0) {
      throw new IllegalArgumentException(
          "masters must be positive and replicas not negative: " + masters + ", " + replicasEach);
    }
    var cluster = new RedisCluster();
    try {
      cluster.launch(masters * (1 + replicasEach), settings);
      cluster.join(masters);
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** All nodes; those that began as masters come first. */
  public List<RedisServer> nodes() {
    return List.copyOf(nodes);
  }

  /** The masters that serve slots, by what the nodes that answer agree on. Waits until they do. */
  public List<RedisServer> masters() {
    return agreed().owners().stream().map(this::on).toList();
  }

  /** The node that serves a slot. Waits until the nodes that answer agree. */
  public RedisServer masterOf(int slot) {
    return agreed().members().stream()
        .filter(member -> member.owns(slot))
        .map(member -> on(member.port()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("Nobody serves slot " + slot));
  }

  /** The node that serves a key. Waits until the nodes that answer agree. */
  public RedisServer masterOf(String key) {
    return masterOf(Integer.parseInt(Resp.text(alive().get(0), "CLUSTER", "KEYSLOT", key)));
  }

  /** The replicas of a master that answer. Waits until the nodes that answer agree. */
  public List<RedisServer> replicasOf(RedisServer master) {
    ClusterView view = agreed();
    String id = view.of(master.port()).id();
    return alive().stream().filter(node -> view.of(node.port()).master().equals(id)).toList();
  }

  /** Makes a replica the master of its slots. Waits until it is and all nodes that answer agree. */
  public void failover(RedisServer replica, Failover how) {
    if (how == Failover.ORDERLY) {
      Resp.text(replica, "CLUSTER", "FAILOVER");
    } else {
      Resp.text(replica, "CLUSTER", "FAILOVER", how);
    }
    Patience.untilNothingIsWrong(
        "port " + replica.port() + " to be a master",
        () -> ClusterView.of(replica).of(replica.port()).isMaster() ? null : "it is a replica");
    awaitOk();
  }

  /**
   * Waits until every slot is served by a node that answers, all of those agree on it, and their
   * replicas are in touch with their masters. After a kill that is when the failover is over.
   *
   * @throws IllegalStateException if that does not come about within 30 s
   */
  public void awaitOk() {
    Patience.untilNothingIsWrong("a cluster that is ok", this::wrong);
  }

  @Override
  public void close() {
    nodes.forEach(RedisServer::close);
  }

  private void launch(int count, String... settings) {
    for (int i = 0; i < count; i++) {
      List<String> all = new ArrayList<>(List.of("--cluster-enabled", "yes"));
      all.addAll(List.of("--cluster-port", String.valueOf(FreePort.find())));
      all.addAll(List.of("--cluster-node-timeout", NODE_TIMEOUT_MILLIS));
      all.addAll(List.of("--cluster-replica-validity-factor", "0"));
      all.addAll(List.of("--repl-diskless-sync-delay", "0"));
      all.addAll(List.of(settings));
      nodes.add(RedisProcess.start(RedisServers.binary(), all));
    }
  }

  private void join(int masters) {
    for (int i = 0; i < nodes.size(); i++) {
      // Before any of them knows another, else it is refused.
      Resp.text(nodes.get(i), "CLUSTER", "SET-CONFIG-EPOCH", i + 1);
    }
    for (int i = 0; i < nodes.size(); i++) {
      RedisServer node = nodes.get(i);
      if (i < masters) {
        int end = SLOTS * (i + 1) / masters - 1;
        Resp.text(node, "CLUSTER", "ADDSLOTSRANGE", SLOTS * i / masters, end);
      }
      for (RedisServer other : nodes.subList(i + 1, nodes.size())) {
        Resp.text(node, "CLUSTER", "MEET", other.host(), other.port(), busPort(other));
      }
    }
    Patience.untilNothingIsWrong("nodes that know each other", this::strangers);
    for (int i = masters; i < nodes.size(); i++) {
      String master = Resp.text(nodes.get(i % masters), "CLUSTER", "MYID");
      Resp.text(nodes.get(i), "CLUSTER", "REPLICATE", master);
    }
    awaitOk();
  }

  private @Nullable String strangers() {
    for (RedisServer node : nodes) {
      List<ClusterView.Member> members = ClusterView.of(node).members();
      boolean allMet =
          members.stream()
              .allMatch(member -> member.flags().stream().noneMatch("handshake"::equals));
      if (!allMet || members.size() != nodes.size()) {
        return "on port " + node.port() + ": " + members;
      }
    }
    return null;
  }

  private @Nullable String wrong() {
    List<RedisServer> alive = alive();
    Set<Integer> ports = new HashSet<>();
    alive.forEach(node -> ports.add(node.port()));
    ClusterView view = ClusterView.of(alive.get(0));
    if (!ports.containsAll(view.owners())) {
      return "a node that does not answer serves slots: " + view;
    }
    Map<Integer, String> roles = rolesIn(view, ports);
    if (roles.containsValue(List.of().toString())) {
      return "a master serves no slots yet, or any more: " + roles;
    }
    for (RedisServer node : alive) {
      if (!rolesIn(ClusterView.of(node), ports).equals(roles)) {
        return "port " + node.port() + " does not agree on " + roles;
      }
      if (!Resp.text(node, "CLUSTER", "INFO").contains("cluster_state:ok")) {
        return "not ok on port " + node.port();
      }
      if (Resp.text(node, "INFO", "replication").contains("master_link_status:down")) {
        return "the replica on port " + node.port() + " has lost its master";
      }
    }
    return null;
  }

  private static Map<Integer, String> rolesIn(ClusterView view, Set<Integer> ports) {
    Map<Integer, String> roles = view.roles();
    roles.keySet().retainAll(ports);
    return roles;
  }

  private ClusterView agreed() {
    awaitOk();
    return ClusterView.of(alive().get(0));
  }

  private List<RedisServer> alive() {
    List<RedisServer> alive =
        nodes.stream().filter(node -> RedisPing.answers(node.host(), node.port())).toList();
    if (alive.isEmpty()) {
      throw new IllegalStateException("No node of the cluster answers");
    }
    return alive;
  }

  private RedisServer on(int port) {
    return nodes.stream().filter(node -> node.port() == port).findFirst().orElseThrow();
  }

  private static String busPort(RedisServer node) {
    Object reply = Resp.ask(node, "CONFIG", "GET", "cluster-port");
    return String.valueOf(((List<?>) Objects.requireNonNull(reply)).get(1));
  }
}
