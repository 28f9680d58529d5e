package dev.corral.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The result as lines of text. */
public final class ConsoleTable {
  private static final List<Column> COLUMNS =
      List.of(
          new Column("contender", ContenderResult::name),
          new Column("gets", r -> count(r.gets())),
          new Column("loads", r -> count(r.loads())),
          new Column("expiries", r -> count(r.expiries())),
          new Column("loads/expiry", r -> count(r.maxLoadsPerExpiry())),
          new Column("at once", r -> count(r.maxConcurrentLoadsPerKey())),
          new Column("loads/s", r -> String.format(Locale.ROOT, "%,.1f", r.originQps())),
          new Column("p50", r -> millis(r.p50Micros())),
          new Column("p99", r -> millis(r.p99Micros())),
          new Column("p99.9", r -> millis(r.p999Micros())),
          new Column("max ms", r -> millis(r.maxMicros())),
          new Column("stale", r -> count(r.staleServed())),
          new Column("not served", r -> count(r.notServed())),
          new Column("errors", r -> count(r.errors())));

  private record Column(String title, Function<ContenderResult, String> cell) {}

  private ConsoleTable() {}

  public static String of(List<ContenderResult> results) {
    var table = new StringBuilder(line(COLUMNS.stream().map(Column::title).toList(), results));
    for (ContenderResult result : results) {
      table.append(line(COLUMNS.stream().map(c -> c.cell().apply(result)).toList(), results));
    }
    return table.toString();
  }

  private static String line(List<String> cells, List<ContenderResult> results) {
    var line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      // The name stands at the left, numbers at the right.
      String format = "%" + (i == 0 ? "-" : "") + width(COLUMNS.get(i), results) + "s  ";
      line.append(String.format(Locale.ROOT, format, cells.get(i)));
    }
    return line.toString().stripTrailing() + System.lineSeparator();
  }

  private static int width(Column column, List<ContenderResult> results) {
    return results.stream()
        .mapToInt(result -> column.cell().apply(result).length())
        .reduce(column.title().length(), Math::max);
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String millis(long micros) {
    return String.format(Locale.ROOT, "%,.2f", micros / 1000.0);
  }
}
