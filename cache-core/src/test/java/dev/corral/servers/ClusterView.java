package dev.corral.servers;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one node of a cluster says about all of them. */
record ClusterView(List<Member> members) {

  /**
   * One line of CLUSTER NODES.
   *
   * @param master the id of a replica's master, {@code -} for a master
   * @param slots such as {@code 0-5460}; may name slots that are on their way, in brackets
   */
  record Member(String id, int port, List<String> flags, String master, List<String> slots) {

    static Member parse(String line) {
      String[] fields = line.split(" ", -1);
      String address = fields[1].substring(0, fields[1].indexOf('@'));
      return new Member(
          fields[0],
          Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)),
          Arrays.asList(fields[2].split(",")),
          fields[3],
          Arrays.asList(fields).subList(8, fields.length));
    }

    boolean isMaster() {
      return flags.contains("master");
    }

    boolean owns(int slot) {
      return slots.stream().anyMatch(range -> contains(range, slot));
    }

    private static boolean contains(String range, int slot) {
      if (range.startsWith("[")) {
        return false;
      }
      String[] ends = range.split("-", -1);
      return Integer.parseInt(ends[0]) <= slot && slot <= Integer.parseInt(ends[ends.length - 1]);
    }
  }

  static ClusterView of(RedisServer node) {
    return new ClusterView(Resp.text(node, "CLUSTER", "NODES").lines().map(Member::parse).toList());
  }

  Member of(int port) {
    return members.stream()
        .filter(member -> member.port() == port)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No node on port " + port + " in " + this));
  }

  /** What each node does, by its port: the slots that it serves, or the id of its master. */
  Map<Integer, String> roles() {
    Map<Integer, String> roles = new TreeMap<>();
    for (Member member : members) {
      roles.put(member.port(), member.isMaster() ? member.slots().toString() : member.master());
    }
    return roles;
  }

  /** The ports of the nodes that serve slots. */
  List<Integer> owners() {
    return members.stream().filter(member -> !member.slots().isEmpty()).map(Member::port).toList();
  }
}
