package dev.corral.bench.compare;

import dev.corral.bench.report.TextTable;
import dev.corral.bench.report.TextTable.Column;
import java.util.List;

/** A comparison as a person reads it: what of ours got worse first, the controls last. */
public final class ComparisonText {
  private static final TextTable<Pair> TABLE =
      new TextTable<>(
          3,
          List.of(
              new Column<>("now", pair -> pair.doubt().orElse(pair.change().toString())),
              new Column<>("benchmark", pair -> pair.id().toString()),
              new Column<>("measure", pair -> pair.now().measure().toString()),
              new Column<>("before", pair -> Figures.of(pair.before().forks())),
              new Column<>("now", pair -> Figures.of(pair.now().forks())),
              new Column<>("unit", pair -> pair.now().unit()),
              new Column<>("now / before", pair -> pair.ratio().map(Figures::of).orElse("")),
              new Column<>("in units of its control's", ComparisonText::control)));

  private final StringBuilder text = new StringBuilder();

  private ComparisonText() {}

  public static String of(Comparison comparison) {
    return new ComparisonText().text(comparison);
  }

  private String text(Comparison comparison) {
    List<Pair> ours = comparison.pairs().stream().filter(Pair::isOurs).toList();
    for (Change change : Change.values()) {
      add(change.toString(), ours.stream().filter(pair -> pair.change() == change).toList());
    }
    List<Pair> controls = comparison.pairs().stream().filter(pair -> !pair.isOurs()).toList();
    if (!controls.isEmpty()) {
      add("of others, which show what the machine did and decide nothing", controls);
    }
    comparison.onlyBaseline().forEach(id -> line("only in the baseline: " + id));
    comparison.onlyCurrent().forEach(id -> line("only in the current file: " + id));
    if (ours.stream().noneMatch(pair -> pair.now().measure() == Measure.ALLOCATED)) {
      line("bytes allocated were not compared: that needs -prof gc in both runs");
    }
    return text.toString();
  }

  private void add(String title, List<Pair> pairs) {
    line(pairs.size() + " " + title);
    if (!pairs.isEmpty()) {
      line(TABLE.of(pairs));
    }
  }

  private void line(String words) {
    text.append(words).append(System.lineSeparator());
  }

  private static String control(Pair pair) {
    return pair.control()
        .map(control -> "%s %s".formatted(Figures.of(control.ratio()), control.method()))
        .orElse("");
  }
}
