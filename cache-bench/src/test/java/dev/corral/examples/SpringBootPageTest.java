package dev.corral.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.spring.CorralProperties.CacheProperties;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What docs/spring.md says of Boot's properties. Its application is {@code ShopApplicationTest}.
 */
class SpringBootPageTest {

  private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[a-z].*?) \\|");
  private static final Pattern NAME = Pattern.compile("`([a-z-]+)`");

  @Test
  void theTableNamesEachPropertyOfACache() {
    Set<String> properties =
        Arrays.stream(CacheProperties.class.getMethods())
            .map(Method::getName)
            .filter(name -> name.startsWith("set"))
            .map(name -> kebab(name.substring(3)))
            .collect(Collectors.toCollection(TreeSet::new));

    Set<String> named =
        ROW.matcher(new DocsPage("spring.md").text())
            .results()
            .map(MatchResult::group)
            .flatMap(row -> NAME.matcher(row).results().map(name -> name.group(1)))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(named).isEqualTo(properties);
  }

  private static String kebab(String name) {
    return name.replaceAll("(?<!^)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
