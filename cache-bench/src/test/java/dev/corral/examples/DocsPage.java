package dev.corral.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of the docs, whose blocks tests run as they stand there. */
final class DocsPage {

  private final String text;

  DocsPage(String name) {
    try {
      text = Files.readString(Path.of("..", "docs", name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String text() {
    return text;
  }

  /** Returns the page's only block of a language. */
  String block(String language) {
    List<String> blocks =
        Pattern.compile("^```" + language + "\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
            .matcher(text)
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(blocks).as("blocks of %s", language).hasSize(1);
    return blocks.get(0);
  }

  /** Returns what the groups of a pattern are at its first place in the page. */
  Matcher find(String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher;
  }
}
