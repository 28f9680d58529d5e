package dev.corral.bench.report;

import static dev.corral.bench.report.TextTable.count;
import static dev.corral.bench.report.TextTable.hundredths;
import static dev.corral.bench.report.TextTable.millis;

import dev.corral.bench.report.TextTable.Column;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Of a scenario whose rows change: what each contender read that was out of date. */
public final class StalenessTable {
  private static final TextTable<Row> TABLE =
      new TextTable<>(
          1,
          List.of(
              new Column<>("contender", Row::contender),
              new Column<>("reads", row -> count(row.found.reads())),
              new Column<>("invalidations", row -> count(row.found.invalidations())),
              new Column<>("failed", row -> count(row.found.failedInvalidations())),
              new Column<>("p50", row -> millis(row.found.invalidateP50Micros())),
              new Column<>("p99 ms", row -> millis(row.found.invalidateP99Micros())),
              new Column<>("loads each", row -> hundredths(row.found.loadsPerInvalidation())),
              new Column<>("overtaken loads", row -> count(row.found.overtakenLoads())),
              new Column<>("stale reads", row -> count(row.found.staleReads())),
              new Column<>("by at most ms", row -> millis(row.found.maxStaleMicros())),
              new Column<>("on own node", row -> count(row.found.staleReadsOnOwnNode())),
              new Column<>("on others", row -> count(row.found.staleReadsOnOtherNodes())),
              new Column<>("arrived late", row -> count(row.found.staleReadsArrivedLate()))));

  private record Row(String contender, Staleness found) {}

  private StalenessTable() {}

  /** The table, unless no rows changed. */
  public static Optional<String> of(List<ContenderResult> results) {
    List<Row> rows =
        results.stream()
            .flatMap(r -> Stream.ofNullable(r.staleness()).map(found -> new Row(r.name(), found)))
            .toList();
    return rows.isEmpty() ? Optional.empty() : Optional.of(TABLE.of(rows));
  }
}
