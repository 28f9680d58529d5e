package dev.corral.bench.report;

import static dev.corral.bench.report.TextTable.count;
import static dev.corral.bench.report.TextTable.hundredths;
import static dev.corral.bench.report.TextTable.millis;
import static dev.corral.bench.report.TextTable.tenths;

import dev.corral.bench.report.TextTable.Column;
import java.util.List;

/** The result as lines of text, one for each contender and phase. */
public final class PhaseTable {
  private static final TextTable<Row> TABLE =
      new TextTable<>(
          2,
          List.of(
              new Column<>("contender", row -> row.contender),
              new Column<>("phase", row -> row.result.phase().name()),
              new Column<>("gets", row -> count(row.result.gets())),
              new Column<>("loads/s", row -> tenths(row.result.loadsPerSecond())),
              new Column<>("failed loads", row -> count(row.result.failedLoads())),
              new Column<>("calls/load", row -> hundredths(row.result.amplification())),
              new Column<>("loads/expiry", row -> count(row.result.maxLoadsPerExpiry())),
              new Column<>("of a node", row -> count(row.result.maxLoadsPerExpiryAndNode())),
              new Column<>("running", row -> count(row.result.maxConcurrentLoads())),
              new Column<>("p50", row -> millis(row.result.p50Micros())),
              new Column<>("p99", row -> millis(row.result.p99Micros())),
              new Column<>("max ms", row -> millis(row.result.maxMicros())),
              new Column<>("hiccup", row -> millis(row.result.hiccupMicros())),
              new Column<>("stale", row -> count(row.result.staleServed())),
              new Column<>("oldest ms", row -> count(row.result.oldestServedMillis())),
              new Column<>("not served", row -> count(row.result.notServed())),
              new Column<>("errors", row -> count(row.result.errors()))));

  private record Row(String contender, PhaseResult result) {}

  private PhaseTable() {}

  public static String of(List<ContenderResult> results) {
    return TABLE.of(
        results.stream()
            .flatMap(c -> c.phases().stream().map(phase -> new Row(c.name(), phase)))
            .toList());
  }
}
