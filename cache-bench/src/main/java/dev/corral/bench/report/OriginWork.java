package dev.corral.bench.report;

import static java.util.stream.Collectors.groupingBy;

import dev.corral.bench.count.Crowd;
import dev.corral.bench.count.Lapse;
import dev.corral.bench.count.Lapses;
import dev.corral.bench.count.LoadEvent;
import java.util.List;
import java.util.function.IntToLongFunction;

/**
 * What the origin was asked to do in a stretch of time.
 *
 * @param loads that began in it
 * @param running loads that ran at some time of it
 * @param lapses that began in it, of the cluster as a whole
 * @param lapsesOfNodes the same if each process is looked at as if it were alone
 */
record OriginWork(
    List<LoadEvent> loads, List<LoadEvent> running, List<Lapse> lapses, List<Lapse> lapsesOfNodes) {

  /**
   * Takes all that happened, from the beginning on.
   *
   * @param shortestLife nanoseconds for which a value of a key is fresh at least
   */
  OriginWork(List<LoadEvent> all, IntToLongFunction shortestLife) {
    this(
        all,
        all,
        Lapses.of(all, shortestLife),
        all.stream().collect(groupingBy(LoadEvent::node)).values().stream()
            .flatMap(ofNode -> Lapses.of(ofNode, shortestLife).stream())
            .toList());
  }

  /** The part of it between two instants. */
  OriginWork between(long from, long to) {
    return new OriginWork(
        loads.stream().filter(load -> load.begin() >= from && load.begin() < to).toList(),
        running.stream().filter(load -> load.end() > from && load.begin() < to).toList(),
        begun(lapses, from, to),
        begun(lapsesOfNodes, from, to));
  }

  private static List<Lapse> begun(List<Lapse> lapses, long from, long to) {
    return lapses.stream().filter(lapse -> lapse.begin() >= from && lapse.begin() < to).toList();
  }

  long failed() {
    return loads.stream().filter(load -> !load.ok()).count();
  }

  int atOnce() {
    return Crowd.inAll(running);
  }

  int atOncePerKey() {
    return Crowd.atOnce(running);
  }

  /** The time that the longest of the loads took, in nanoseconds. */
  long longest() {
    return loads.stream().mapToLong(load -> load.end() - load.begin()).max().orElse(0);
  }
}
