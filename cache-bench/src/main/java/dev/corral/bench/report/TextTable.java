package dev.corral.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Rows of text in columns as wide as they need to be.
 *
 * @param names how many of the first columns hold names, which stand at the left
 */
public record TextTable<T>(int names, List<Column<T>> columns) {

  /** One property of a row. */
  public record Column<T>(String title, Function<T, String> cell) {}

  public String of(List<T> rows) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(columns.stream().map(Column::title).toList());
    rows.forEach(row -> lines.add(columns.stream().map(c -> c.cell().apply(row)).toList()));
    var table = new StringBuilder();
    lines.forEach(line -> table.append(laidOut(line, lines)));
    return table.toString();
  }

  private String laidOut(List<String> cells, List<List<String>> lines) {
    var line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String format = "%" + (i < names ? "-" : "") + width(i, lines) + "s  ";
      line.append(String.format(Locale.ROOT, format, cells.get(i)));
    }
    return line.toString().stripTrailing() + System.lineSeparator();
  }

  private static int width(int column, List<List<String>> lines) {
    return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(1);
  }

  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  static String tenths(double number) {
    return String.format(Locale.ROOT, "%,.1f", number);
  }

  static String hundredths(double number) {
    return String.format(Locale.ROOT, "%,.2f", number);
  }

  static String millis(long micros) {
    return String.format(Locale.ROOT, "%,.2f", micros / 1000.0);
  }
}
