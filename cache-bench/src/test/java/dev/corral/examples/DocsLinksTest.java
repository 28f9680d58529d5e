package dev.corral.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Follows each relative link of README and docs: the file is there, and so is the heading. */
class DocsLinksTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("^#{1,6} +(.*?) *#*$", Pattern.MULTILINE);

  @TestFactory
  Stream<DynamicTest> everyRelativeLinkLeadsSomewhere() {
    List<Path> pages = pages();
    assertThat(pages).hasSizeGreaterThan(30);
    return pages.stream()
        .flatMap(
            page ->
                LINK.matcher(withoutCode(read(page)))
                    .results()
                    .map(found -> found.group(1))
                    .filter(target -> !target.matches("[a-z]+:.*"))
                    .map(
                        target ->
                            DynamicTest.dynamicTest(
                                page + " -> " + target, () -> assertLeads(page, target))));
  }

  @Test
  void headingsHaveTheNamesThatLinksUse() {
    String page = "# P1 One load\n\n## `get`, and *more*\n\n## [A link](x.md)\n\n## P1 One load\n";

    assertThat(anchors(page))
        .containsExactlyInAnyOrder("p1-one-load", "get-and-more", "a-link", "p1-one-load-1");
  }

  static List<Path> pages() {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
        Stream<Path> top = Files.list(ROOT)) {
      return Stream.concat(top, docs)
          .filter(path -> path.toString().endsWith(".md"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertLeads(Path page, String target) {
    int hash = target.indexOf('#');
    String name = hash < 0 ? target : target.substring(0, hash);
    Path file = name.isEmpty() ? page : page.resolveSibling(name);
    assertThat(file).exists();
    if (hash >= 0) {
      assertThat(anchors(read(file))).contains(target.substring(hash + 1));
    }
  }

  /** The anchors that GitHub makes of the headings of a page. */
  private static Set<String> anchors(String page) {
    Map<String, Integer> seen = new HashMap<>();
    return HEADING
        .matcher(withoutCode(page))
        .results()
        .map(found -> slug(found.group(1)))
        .map(
            slug -> {
              int times = seen.merge(slug, 1, Integer::sum);
              return times == 1 ? slug : slug + "-" + (times - 1);
            })
        .collect(Collectors.toSet());
  }

  private static String slug(String heading) {
    String text = Pattern.compile("\\[([^]]*)]\\([^)]*\\)").matcher(heading).replaceAll("$1");
    return text.toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{M}\\p{N} _-]", "")
        .replace(' ', '-');
  }

  /** Blocks of code hold no links, and what looks like a heading there is a comment. */
  static String withoutCode(String page) {
    Matcher blocks =
        Pattern.compile("^ *```.*?^ *```$", Pattern.DOTALL | Pattern.MULTILINE).matcher(page);
    return blocks.replaceAll("");
  }
}
