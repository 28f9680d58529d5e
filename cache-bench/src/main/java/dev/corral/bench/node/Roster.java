package dev.corral.bench.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which processes take gets when. Each node of the cluster is one process after another, which
 * differ in nothing but what they hold.
 *
 * @param nodes the shifts of each node, in their order
 */
public record Roster(List<List<Shift>> nodes) {

  /** The same processes from begin to end. */
  public static Roster steady(int nodes) {
    return new Roster(Stream.generate(() -> List.of(Shift.always())).limit(nodes).toList());
  }

  /**
   * One node after another ends its process and begins a new one.
   *
   * @param first when the first one leaves
   * @param every how long after it the next one leaves
   * @param away for how long a node takes no gets, while its new process starts
   */
  public static Roster rolling(int nodes, Duration first, Duration every, Duration away) {
    List<List<Shift>> all = new ArrayList<>();
    for (int node = 0; node < nodes; node++) {
      Duration leaves = first.plus(every.multipliedBy(node));
      all.add(List.of(Shift.between(Duration.ZERO, leaves), Shift.from(leaves.plus(away))));
    }
    return new Roster(all);
  }

  /** The shifts of all nodes; the place in this list is the number of the process. */
  List<Shift> shifts() {
    return nodes.stream().flatMap(List::stream).toList();
  }
}
