package dev.corral.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/dependencies.md names each library that a module brings along, or can use. */
class DependenciesPageTest {

  private static final Pattern DEPENDENCY =
      Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL);

  @ParameterizedTest
  @ValueSource(strings = {"cache-core", "cache-redis"})
  void eachDependencyOfAModuleIsInItsSection(String module) {
    String pom = DocsLinksTest.read(Path.of("..", module, "pom.xml"));
    String page = DocsLinksTest.read(Path.of("..", "docs", "dependencies.md"));
    int begin = page.indexOf("\n## " + module + "\n");
    String section = page.substring(begin, page.indexOf("\n## ", begin + 1));
    List<String> libraries =
        DEPENDENCY
            .matcher(pom)
            .results()
            .map(found -> found.group(1))
            .filter(text -> !text.contains("<scope>test</scope>"))
            .map(text -> text.replaceAll("(?s).*<artifactId>(.*?)</artifactId>.*", "$1"))
            .toList();

    assertThat(libraries).hasSizeGreaterThan(3);
    assertThat(libraries).allSatisfy(each -> assertThat(section).contains("`" + each + "`"));
  }
}
