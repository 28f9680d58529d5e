package dev.corral.bench.report;

import static dev.corral.bench.report.TextTable.count;
import static dev.corral.bench.report.TextTable.millis;
import static dev.corral.bench.report.TextTable.tenths;

import dev.corral.bench.report.TextTable.Column;
import java.util.List;

/** The result as lines of text, one for each contender. */
public final class ConsoleTable {
  private static final TextTable<ContenderResult> TABLE =
      new TextTable<>(
          1,
          List.of(
              new Column<>("contender", ContenderResult::name),
              new Column<>("gets", r -> count(r.gets())),
              new Column<>("loads", r -> count(r.loads())),
              new Column<>("expiries", r -> count(r.expiries())),
              new Column<>("loads/expiry", r -> count(r.maxLoadsPerExpiry())),
              new Column<>("at once", r -> count(r.maxConcurrentLoadsPerKey())),
              new Column<>("loads/s", r -> tenths(r.originQps())),
              new Column<>("p50", r -> millis(r.p50Micros())),
              new Column<>("p99", r -> millis(r.p99Micros())),
              new Column<>("p99.9", r -> millis(r.p999Micros())),
              new Column<>("max ms", r -> millis(r.maxMicros())),
              new Column<>("stale", r -> count(r.staleServed())),
              new Column<>("not served", r -> count(r.notServed())),
              new Column<>("errors", r -> count(r.errors()))));

  private ConsoleTable() {}

  public static String of(List<ContenderResult> results) {
    return TABLE.of(results);
  }
}
