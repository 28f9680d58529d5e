package dev.corral.bench.compare;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What stands beside each other as a table of Markdown. */
final class JmhMarkdown {
  private static final int COLUMNS = 6;

  private JmhMarkdown() {}

  static String of(Beside group) {
    Stream<String> table =
        Stream.concat(
            Stream.of(
                cells(
                    List.of(
                        "method",
                        "%s, %s (least to greatest fork)".formatted(group.measure(), group.unit()),
                        "JMH's mean ± error",
                        "ratio",
                        "to",
                        "than that")),
                "|" + "---|".repeat(COLUMNS)),
            group.bars().stream().map(JmhMarkdown::row));
    return Stream.concat(
            Stream.of(
                "### %s, %s: %s".formatted(group.title(), group.measure(), group.setting()),
                "",
                group.facts() + ".",
                ""),
            table)
        .map(line -> line + System.lineSeparator())
        .collect(Collectors.joining());
  }

  private static String row(Bar bar) {
    return cells(
        List.of(
            bar.name(), bar.medianAndForks(), bar.jmh(), bar.ratio(), bar.against(), bar.change()));
  }

  /** A parameter may hold what would end a cell. */
  private static String cells(List<String> cells) {
    return cells.stream()
        .map(cell -> " " + cell.replace("|", "\\|") + " |")
        .collect(Collectors.joining("", "|", ""));
  }
}
