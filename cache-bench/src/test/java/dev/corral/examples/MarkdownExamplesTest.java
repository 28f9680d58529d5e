package dev.corral.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Holds each Java block of README and docs against the sources of these packages, which run. */
class MarkdownExamplesTest {

  private static final Path ROOT = Path.of("..");
  private static final Path EXAMPLES = Path.of("src/test/java/dev/corral/examples");
  private static final Pattern JAVA_BLOCK =
      Pattern.compile("^```java\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

  @TestFactory
  Stream<DynamicTest> everyJavaBlockIsPartOfATest() throws IOException {
    String sources = normalized(String.join("\n", contents(EXAMPLES, ".java")));
    List<Path> pages;
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      pages =
          Stream.concat(Stream.of(ROOT.resolve("README.md")), docs)
              .filter(path -> path.toString().endsWith(".md"))
              .sorted()
              .toList();
    }
    assertThat(pages).hasSizeGreaterThan(1);
    return pages.stream().flatMap(page -> blocksOf(page, sources));
  }

  private static Stream<DynamicTest> blocksOf(Path page, String sources) {
    Matcher matcher = JAVA_BLOCK.matcher(read(page));
    Stream.Builder<DynamicTest> tests = Stream.builder();
    while (matcher.find()) {
      String block = matcher.group(1);
      String name = page.getFileName() + ": " + block.strip().lines().findFirst().orElse("");
      tests.add(
          DynamicTest.dynamicTest(name, () -> assertThat(sources).contains(normalized(block))));
    }
    return tests.build();
  }

  private static List<String> contents(Path folder, String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(path -> path.toString().endsWith(suffix))
          .sorted()
          .map(MarkdownExamplesTest::read)
          .toList();
    }
  }

  private static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Indentation, line breaks and comments are the page's own. */
  private static String normalized(String code) {
    return code.replaceAll("//.*", "").replaceAll("\\s+", "");
  }
}
