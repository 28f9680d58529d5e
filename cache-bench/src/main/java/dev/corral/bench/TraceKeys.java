package dev.corral.bench;

import dev.corral.bench.contender.Limits;
import dev.corral.bench.node.Key;
import dev.corral.bench.node.Roster;
import dev.corral.bench.node.Schedule;
import dev.corral.bench.shop.Row;
import dev.corral.bench.site.Timeline;
import dev.corral.bench.trace.ObjectTypes;
import dev.corral.bench.trace.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a scenario of a trace. Each distinct key of the trace stands for a row: the first that
 * appears for the first row, and so on; if rows run out, it begins again at the first.
 */
final class TraceKeys {
  // A node that fell behind may catch up: a trace is to run to its end.
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final long SEED = 1;

  private final String name;
  private final Trace trace;
  private final ObjectTypes types;
  private final int nodes;
  private final Duration ttl;
  private final int rate;
  private final Map<String, Integer> numbers = new LinkedHashMap<>();

  TraceKeys(String name, Trace trace, ObjectTypes types, int nodes, Duration ttl, int rate) {
    this.name = name;
    this.trace = trace;
    this.types = types;
    this.nodes = nodes;
    this.ttl = ttl;
    this.rate = rate;
    trace.keys().forEach(key -> numbers.putIfAbsent(key, numbers.size()));
  }

  int distinct() {
    return numbers.size();
  }

  Scenario scenario(List<Row> rows) {
    List<Key> keys = new ArrayList<>();
    numbers.forEach((key, number) -> keys.add(key(key, rows.get(number % rows.size()))));
    List<String> accesses = trace.keys();
    var schedule =
        Schedule.of(accesses.size(), rate, SEED, i -> numbers.getOrDefault(accesses.get(i), 0));
    // The window ends with the last get, in whole seconds.
    Duration window = Duration.ofSeconds(Duration.ofNanos(schedule.end()).toSeconds() + 1);
    return new Scenario(
        name,
        keys,
        schedule,
        Roster.steady(nodes),
        Limits.USUAL,
        Duration.ZERO,
        window,
        PATIENCE,
        Timeline.empty(),
        ttl,
        rate);
  }

  private Key key(String key, Row row) {
    int type = types.of(key);
    long ttlMillis = types.lifetime(type, ttl).toMillis();
    return new Key(key, row.key(), row.checksum(), ttlMillis, type);
  }
}
