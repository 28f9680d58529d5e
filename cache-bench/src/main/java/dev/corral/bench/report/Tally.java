package dev.corral.bench.report;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.corral.bench.contender.ContenderKind;
import dev.corral.bench.count.Crowd;
import dev.corral.bench.count.Lapse;
import dev.corral.bench.count.Lapses;
import dev.corral.bench.count.LoadEvent;
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

  /**
   * Prepares to count a window.
   *
   * @param windowFrom the window's begin in nanoseconds after the beginning of the run
   */
  public Tally(List<Key> keys, Duration ttl, long windowFrom, long windowTo) {
    this.keys = keys;
    this.ttl = ttl;
    this.windowFrom = windowFrom;
    this.windowTo = windowTo;
  }

  public ContenderResult of(ContenderKind kind, Measurement measured) {
    List<LoadEvent> loads = measured.loads().stream().filter(this::begunInWindow).toList();
    List<LoadEvent> running = measured.loads().stream().filter(this::runningInWindow).toList();
    List<Lapse> lapses = kind.expiring() ? lapses(kind, measured.loads()) : List.of();
    long mostLoads =
        kind.expiring()
            ? lapses.stream().mapToInt(Lapse::loads).max().orElse(0)
            : Crowd.within(ttl.toNanos(), loads);
    Histogram latency = measured.latency();
    long exceptions = measured.exceptions().values().stream().mapToLong(Long::longValue).sum();
    return new ContenderResult(
        kind.shownName(),
        measured.gets(),
        loads.size(),
        lapses.stream().filter(lapse -> !lapse.cold()).count(),
        mostLoads,
        Crowd.atOnce(running),
        tenths(loads.size() / seconds()),
        micros(latency, 50),
        micros(latency, 99),
        micros(latency, 99.9),
        micros(latency, 100),
        measured.stale(),
        measured.wrongValues() + exceptions,
        measured.wrongValues(),
        measured.exceptions(),
        measured.notServed(),
        TimeUnit.NANOSECONDS.toMillis(measured.oldestNanos()),
        lapses.stream().filter(Lapse::cold).count(),
        countBy(lapses, Lapse::loads),
        typed() ? countBy(loads, load -> keys.get(load.key()).type()) : Map.of(),
        DoubleStream.of(SHOWN_PERCENTILES)
            .mapToObj(percent -> new Percentile(percent, micros(latency, percent)))
            .toList(),
        perSecond(measured.latencies(), loads));
  }

  private List<Lapse> lapses(ContenderKind kind, List<LoadEvent> loads) {
    return Lapses.of(loads, key -> shortestLife(kind, keys.get(key))).stream()
        .filter(lapse -> inWindow(lapse.begin()))
        .toList();
  }

  private static long shortestLife(ContenderKind kind, Key key) {
    long ttl = TimeUnit.MILLISECONDS.toNanos(key.ttlMillis());
    return (long) (ttl * (1 - kind.jitter()));
  }

  private List<Second> perSecond(List<Histogram> latencies, List<LoadEvent> loads) {
    long[] begun = new long[latencies.size()];
    loads.forEach(load -> begun[(int) TimeUnit.NANOSECONDS.toSeconds(load.begin() - windowFrom)]++);
    List<Second> seconds = new ArrayList<>();
    for (int i = 0; i < begun.length; i++) {
      seconds.add(new Second(begun[i], micros(latencies.get(i), 50), micros(latencies.get(i), 99)));
    }
    return seconds;
  }

  private boolean typed() {
    return keys.stream().anyMatch(key -> key.type() != 0);
  }

  private boolean begunInWindow(LoadEvent load) {
    return inWindow(load.begin());
  }

  private boolean runningInWindow(LoadEvent load) {
    return load.end() > windowFrom && load.begin() < windowTo;
  }

  private boolean inWindow(long time) {
    return time >= windowFrom && time < windowTo;
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
