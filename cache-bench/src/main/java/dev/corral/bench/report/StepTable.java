package dev.corral.bench.report;

import static dev.corral.bench.report.TextTable.count;
import static dev.corral.bench.report.TextTable.millis;

import dev.corral.bench.report.ContenderResult.Second;
import dev.corral.bench.report.Story.Told;
import dev.corral.bench.report.TextTable.Column;
import java.util.List;

/** A story as lines of text, one for each step. */
public final class StepTable {
  private static final TextTable<Told> TABLE =
      new TextTable<>(
          2,
          List.of(
              new Column<>("step", told -> String.valueOf(told.step().number())),
              new Column<>("adds", told -> told.step().adds()),
              new Column<>("queries", told -> count(told.result().loads())),
              new Column<>("failed", told -> count(told.result().failedLoads())),
              new Column<>("at once", told -> count(told.result().maxConcurrentLoads())),
              new Column<>("of a key", told -> count(told.result().maxConcurrentLoadsPerKey())),
              new Column<>("busiest s", told -> count(busiest(told.result()))),
              new Column<>("requests", told -> count(told.requests())),
              new Column<>("served", told -> count(told.served())),
              new Column<>("stale of them", told -> count(told.result().staleServed())),
              new Column<>("failed", told -> count(told.result().errors())),
              new Column<>("nobody came", told -> count(told.result().notServed())),
              new Column<>("p50", told -> millis(told.result().p50Micros())),
              new Column<>("p99", told -> millis(told.result().p99Micros())),
              new Column<>("max ms", told -> millis(told.result().maxMicros()))));

  private StepTable() {}

  public static String of(Story story, List<ContenderResult> results) {
    return TABLE.of(story.told(results));
  }

  private static long busiest(ContenderResult result) {
    return result.perSecond().stream().mapToLong(Second::loads).max().orElse(0);
  }
}
