package dev.corral.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A promise that names a test is worth as much as that test: it must be there. */
class DocsNameRealTestsTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|Contract))(?:#(\\w+))?`");

  @TestFactory
  Stream<DynamicTest> everyTestThatDocsNameExists() throws IOException {
    List<Path> sources = files(ROOT, ".java");
    return files(ROOT.resolve("docs"), ".md").stream()
        .flatMap(page -> TEST.matcher(read(page)).results())
        .map(named -> DynamicTest.dynamicTest(named.group(), () -> assertExists(named, sources)));
  }

  private static void assertExists(MatchResult named, List<Path> sources) {
    List<Path> found =
        sources.stream().filter(path -> path.endsWith(named.group(1) + ".java")).toList();
    assertThat(found).hasSize(1);
    if (named.group(2) != null) {
      Matcher method =
          Pattern.compile("void " + named.group(2) + "\\(").matcher(read(found.get(0)));
      assertThat(method.find()).isTrue();
    }
  }

  private static List<Path> files(Path folder, String suffix) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(path -> path.toString().endsWith(suffix)).sorted().toList();
    }
  }

  private static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
