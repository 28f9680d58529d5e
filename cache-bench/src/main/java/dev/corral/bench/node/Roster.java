package dev.corral.bench.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which processes take gets when.
 *
 * @param shifts one a process; the place in the list is the process' number
 */
public record Roster(List<Shift> shifts) {

  /** The same processes from begin to end. */
  public static Roster steady(int nodes) {
    return new Roster(Stream.generate(Shift::always).limit(nodes).toList());
  }

  /**
   * One node after another is replaced, as in a rolling update: a new process starts, and when it
   * is there the old one leaves and the new one takes the gets in its place.
   *
   * @param first when the first one leaves
   * @param every how long after it the next one leaves; for as long, a new process has time to
   *     start
   */
  public static Roster rolling(int nodes, Duration first, Duration every) {
    List<Shift> shifts = new ArrayList<>();
    for (int node = 0; node < nodes; node++) {
      Duration leaves = first.plus(every.multipliedBy(node));
      shifts.add(Shift.until(leaves));
      shifts.add(Shift.from(leaves, every));
    }
    return new Roster(List.copyOf(shifts));
  }
}
