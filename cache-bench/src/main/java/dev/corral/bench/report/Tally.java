package dev.corral.bench.report;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.corral.bench.contender.ContenderKind;
import dev.corral.bench.count.Crowd;
import dev.corral.bench.count.Lapse;
import dev.corral.bench.count.LoadEvent;
import dev.corral.bench.count.Phase;
import dev.corral.bench.node.Gets;
import dev.corral.bench.node.Key;
import dev.corral.bench.node.Measurement;
import dev.corral.bench.report.ContenderResult.Percentile;
import dev.corral.bench.report.ContenderResult.Second;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.HdrHistogram.Histogram;

/** Turns what the nodes measured into a contender's result. */
public final class Tally {
  private static final double[] SHOWN_PERCENTILES = {10, 25, 50, 75, 90, 95, 99, 99.5, 99.9, 100};

  private final List<Key> keys;
  private final Duration ttl;
  private final long windowFrom;
  private final long windowTo;
  private final List<Phase> phases;

  /**
   * Prepares to count a window.
   *
   * @param windowFrom the window's begin in nanoseconds after the beginning of the run
   */
  public Tally(List<Key> keys, Duration ttl, long windowFrom, long windowTo, List<Phase> phases) {
    this.keys = keys;
    this.ttl = ttl;
    this.windowFrom = windowFrom;
    this.windowTo = windowTo;
    this.phases = phases;
  }

  public ContenderResult of(ContenderKind kind, Measurement measured) {
    Gets gets = measured.gets();
    var work = new OriginWork(measured.loads(), key -> shortestLife(kind, keys.get(key)));
    OriginWork inWindow = work.between(windowFrom, windowTo);
    // Where rows change, a value ends by an invalidation, and a lifetime says nothing of loads.
    boolean changing = measured.history().hasChanges();
    boolean expiring = kind.expiring() && !changing;
    List<Lapse> lapses = expiring ? inWindow.lapses() : List.of();
    Histogram latency = gets.latencies();
    return new ContenderResult(
        kind.shownName(),
        gets.answered(),
        inWindow.loads().size(),
        lapses.stream().filter(lapse -> !lapse.cold()).count(),
        expiring || changing ? most(lapses) : Crowd.within(ttl.toNanos(), inWindow.loads()),
        inWindow.atOncePerKey(),
        tenths(inWindow.loads().size() / seconds()),
        micros(latency, 50),
        micros(latency, 99),
        micros(latency, 99.9),
        micros(latency, 100),
        gets.stale(),
        gets.errors(),
        gets.wrongValues(),
        gets.exceptions(),
        gets.notServed(),
        TimeUnit.NANOSECONDS.toMillis(gets.oldestNanos()),
        lapses.stream().filter(Lapse::cold).count(),
        countBy(lapses, Lapse::loads),
        typed() ? countBy(inWindow.loads(), load -> keys.get(load.key()).type()) : Map.of(),
        inWindow.failed(),
        expiring ? most(inWindow.lapsesOfNodes()) : 0,
        inWindow.atOnce(),
        gets.retries(),
        amplification(inWindow.loads().size(), gets.retries()),
        DoubleStream.of(SHOWN_PERCENTILES)
            .mapToObj(percent -> new Percentile(percent, micros(latency, percent)))
            .toList(),
        perSecond(measured.seconds(), inWindow.loads()),
        phases.stream().map(phase -> inPhase(phase, kind, measured, work)).toList(),
        changing ? Staleness.of(measured.history(), inWindow.loads(), windowFrom, windowTo) : null);
  }

  private PhaseResult inPhase(
      Phase phase, ContenderKind kind, Measurement measured, OriginWork whole) {
    Gets gets = Gets.sum(measured.seconds().subList(phase.fromSecond(), phase.toSecond()));
    OriginWork work = whole.between(second(phase.fromSecond()), second(phase.toSecond()));
    Histogram latency = gets.latencies();
    return new PhaseResult(
        phase,
        gets.answered(),
        gets.notServed(),
        gets.errors(),
        gets.exceptions(),
        micros(latency, 50),
        micros(latency, 99),
        micros(latency, 100),
        TimeUnit.NANOSECONDS.toMicros(gets.hiccupNanos()),
        gets.stale(),
        TimeUnit.NANOSECONDS.toMillis(gets.oldestNanos()),
        work.loads().size(),
        work.failed(),
        gets.retries(),
        amplification(work.loads().size(), gets.retries()),
        TimeUnit.NANOSECONDS.toMicros(work.longest()),
        work.atOnce(),
        work.atOncePerKey(),
        kind.expiring() ? most(work.lapses()) : 0,
        kind.expiring() ? most(work.lapsesOfNodes()) : 0);
  }

  private long second(int ofWindow) {
    return windowFrom + TimeUnit.SECONDS.toNanos(ofWindow);
  }

  private static int most(List<Lapse> lapses) {
    return lapses.stream().mapToInt(Lapse::loads).max().orElse(0);
  }

  private static long shortestLife(ContenderKind kind, Key key) {
    long ttl = TimeUnit.MILLISECONDS.toNanos(key.ttlMillis());
    return (long) (ttl * (1 - kind.jitter()));
  }

  private List<Second> perSecond(List<Gets> gets, List<LoadEvent> loads) {
    Map<Long, List<LoadEvent>> begun =
        loads.stream()
            .collect(groupingBy(load -> TimeUnit.NANOSECONDS.toSeconds(load.begin() - windowFrom)));
    List<Second> seconds = new ArrayList<>();
    for (int i = 0; i < gets.size(); i++) {
      seconds.add(second(gets.get(i), begun.getOrDefault((long) i, List.of())));
    }
    return seconds;
  }

  private static Second second(Gets gets, List<LoadEvent> loads) {
    return new Second(
        loads.size(),
        micros(gets.latencies(), 50),
        micros(gets.latencies(), 99),
        micros(gets.latencies(), 100),
        gets.answered(),
        gets.errors(),
        gets.notServed(),
        gets.stale(),
        gets.stale() == 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(gets.oldestNanos()),
        loads.stream().filter(load -> !load.ok()).count(),
        TimeUnit.NANOSECONDS.toMicros(gets.hiccupNanos()),
        gets.retries());
  }

  private static double amplification(long calls, long retries) {
    return calls <= retries ? 1 : Math.round(1000.0 * calls / (calls - retries)) / 1000.0;
  }

  private boolean typed() {
    return keys.stream().anyMatch(key -> key.type() != 0);
  }

  private double seconds() {
    return (windowTo - windowFrom) / 1e9;
  }

  private static <T> Map<Integer, Long> countBy(List<T> items, Function<T, Integer> property) {
    return items.stream().collect(groupingBy(property, TreeMap::new, counting()));
  }

  private static long micros(Histogram nanos, double percent) {
    return TimeUnit.NANOSECONDS.toMicros(nanos.getValueAtPercentile(percent));
  }

  private static double tenths(double number) {
    return Math.round(number * 10) / 10.0;
  }
}
