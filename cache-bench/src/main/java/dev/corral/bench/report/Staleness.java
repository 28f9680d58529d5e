package dev.corral.bench.report;

import static java.util.stream.Collectors.groupingBy;

import dev.corral.bench.count.LoadEvent;
import dev.corral.bench.history.History;
import dev.corral.bench.history.Invalidation;
import dev.corral.bench.history.StaleReads;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What became of reads while rows changed; only of scenarios in which they do.
 *
 * @param reads that began in the window and brought a value
 * @param invalidations that returned in the window
 * @param failedInvalidations that threw in the window
 * @param loadsPerInvalidation loads that began in the window for each of these invalidations
 * @param overtakenLoads loads during which a change of their row was committed
 * @param staleReads reads of a version older than one whose invalidation had returned before they
 *     began
 * @param maxStaleMicros the longest time from such an acknowledgement to the begin of such a read
 * @param staleReadsOnOwnNode those on a node that had itself invalidated for a newer version
 * @param staleReadsOnOtherNodes those on nodes that had not
 * @param staleReadsArrivedLate those of a value that came to their node after the acknowledgement
 * @param invalidateP50Micros what {@code invalidate} took
 */
public record Staleness(
    long reads,
    long invalidations,
    long failedInvalidations,
    double loadsPerInvalidation,
    long overtakenLoads,
    long staleReads,
    long maxStaleMicros,
    long staleReadsOnOwnNode,
    long staleReadsOnOtherNodes,
    long staleReadsArrivedLate,
    long invalidateP50Micros,
    long invalidateP99Micros) {
  /** What JSON without any of these fields reads as. */
  static final Staleness NOTHING = new Staleness(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  private static final int SIGNIFICANT_DIGITS = 3;

  /** Counts what began or returned in {@code [from, to)}; what was before explains it. */
  static Staleness of(History history, List<LoadEvent> loads, long from, long to) {
    List<Invalidation> inWindow =
        history.invalidations().stream()
            .filter(one -> one.returned() >= from && one.returned() < to)
            .toList();
    List<Invalidation> known = inWindow.stream().filter(Invalidation::ok).toList();
    StaleReads stale = StaleReads.in(history, from, to);
    Histogram took = took(known);
    return new Staleness(
        stale.reads(),
        known.size(),
        inWindow.size() - known.size(),
        known.isEmpty() ? 0 : Math.round(1000.0 * loads.size() / known.size()) / 1000.0,
        overtaken(loads, history.invalidations()),
        stale.stale(),
        microsRoundedUp(stale.longestNanos()),
        stale.ownNode(),
        stale.otherNodes(),
        stale.arrivedLate(),
        TimeUnit.NANOSECONDS.toMicros(took.getValueAtPercentile(50)),
        TimeUnit.NANOSECONDS.toMicros(took.getValueAtPercentile(99)));
  }

  private static long overtaken(List<LoadEvent> loads, List<Invalidation> all) {
    Map<Integer, List<Invalidation>> byKey = all.stream().collect(groupingBy(Invalidation::key));
    return loads.stream()
        .filter(
            load ->
                byKey.getOrDefault(load.key(), List.of()).stream()
                    .anyMatch(
                        one -> load.begin() < one.committed() && one.committed() < load.end()))
        .count();
  }

  // A read that is stale by less than a microsecond is stale, and shows.
  private static long microsRoundedUp(long nanos) {
    return (nanos + 999) / 1000;
  }

  private static Histogram took(List<Invalidation> all) {
    var histogram = new Histogram(SIGNIFICANT_DIGITS);
    all.forEach(one -> histogram.recordValue(one.returned() - one.committed()));
    return histogram;
  }
}
