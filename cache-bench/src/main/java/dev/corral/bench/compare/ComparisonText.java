package dev.corral.bench.compare;

import dev.corral.bench.report.TextTable;
import dev.corral.bench.report.TextTable.Column;
import java.util.List;
import java.util.Locale;

/** A comparison as a person reads it: what got slower first. */
public final class ComparisonText {
  private static final TextTable<Comparison.Pair> TABLE =
      new TextTable<>(
          2,
          List.of(
              new Column<>("now", pair -> pair.speed().toString()),
              new Column<>("benchmark", pair -> pair.current().id().toString()),
              new Column<>("before", pair -> score(pair.baseline())),
              new Column<>("now", pair -> score(pair.current())),
              new Column<>("unit", pair -> pair.current().unit()),
              new Column<>("now / before", pair -> ratio(pair.ratio()))));

  private ComparisonText() {}

  public static String of(Comparison comparison) {
    var text = new StringBuilder();
    for (Speed speed : Speed.values()) {
      List<Comparison.Pair> some =
          comparison.pairs().stream().filter(pair -> pair.speed() == speed).toList();
      text.append("%d %s%n".formatted(some.size(), speed));
      text.append(some.isEmpty() ? "" : TABLE.of(some) + System.lineSeparator());
    }
    comparison
        .onlyBaseline()
        .forEach(id -> text.append("only in the baseline: %s%n".formatted(id)));
    comparison
        .onlyCurrent()
        .forEach(id -> text.append("only in the current file: %s%n".formatted(id)));
    return text.toString();
  }

  static String score(JmhScore score) {
    return Double.isNaN(score.error())
        ? String.format(Locale.ROOT, "%,.3f, error unknown", score.score())
        : String.format(Locale.ROOT, "%,.3f ± %,.3f", score.score(), score.error());
  }

  static String ratio(Ratio ratio) {
    return ratio.low() == 0 && Double.isInfinite(ratio.high())
        ? String.format(Locale.ROOT, "%.2f", ratio.value())
        : String.format(
            Locale.ROOT, "%.2f (%.2f to %.2f)", ratio.value(), ratio.low(), ratio.high());
  }
}
