package dev.corral.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A blank line ends a table: what follows it is no row, however it looks in the source. */
class DocsTablesTest {

  @Test
  void noRowIsCutOffFromItsTable() {
    List<String> cut = new ArrayList<>();
    DocsLinksTest.pages()
        .forEach(
            page -> cutOff(DocsLinksTest.read(page)).forEach(row -> cut.add(page + ": " + row)));

    assertThat(cut).isEmpty();
  }

  @Test
  void aRowBehindABlankLineIsFound() {
    assertThat(cutOff("| a |\n|---|\n| 1 |\n\n| 2 |\n| 3 |\n")).containsExactly("| 2 |");
    assertThat(cutOff("| a |\n|---|\n| 1 |\n\n| b |\n| --- |\n| 2 |\n")).isEmpty();
    assertThat(cutOff("```\n\n| no table |\n```\n")).isEmpty();
    assertThat(cutOff("\n| the last line |")).containsExactly("| the last line |");
  }

  private static List<String> cutOff(String page) {
    List<String> lines = DocsLinksTest.withoutCode(page).lines().toList();
    List<String> found = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      boolean begins = lines.get(i).startsWith("|") && lines.get(i - 1).isBlank();
      boolean heads = i + 1 < lines.size() && lines.get(i + 1).matches("\\|[ :]*---.*");
      if (begins && !heads) {
        found.add(lines.get(i));
      }
    }
    return found;
  }
}
