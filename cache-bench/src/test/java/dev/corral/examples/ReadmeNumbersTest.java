package dev.corral.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of the README shows the same recorded run as the picture above it. */
class ReadmeNumbersTest {

  private static final Path RUN = Path.of("../docs/benchmarks/2026-11-28/hot-key-all.json");

  @ParameterizedTest
  @ValueSource(strings = {"none", "local", "naive", "corral", "corral-stale"})
  void eachRowIsThatOfTheRecordedRun(String contender) throws IOException {
    JsonNode run = recorded(contender);
    long gets = run.get("gets").asLong();
    long asked = gets + run.get("notServed").asLong();

    assertThat(row(contender))
        .containsExactly(
            gets == asked ? number(gets) : number(gets) + " (of " + number(asked) + ")",
            number(run.get("loads").asLong()),
            number(run.get("maxLoadsPerExpiry").asLong()),
            number(run.get("maxConcurrentLoadsPerKey").asLong()),
            number(Math.round(run.get("p99Micros").asLong() / 1000.0)),
            number(Math.round(run.get("p999Micros").asLong() / 1000.0)),
            number(run.get("errors").asLong()));
  }

  private static JsonNode recorded(String contender) throws IOException {
    for (JsonNode each : new ObjectMapper().readTree(RUN.toFile()).get("contenders")) {
      if (each.get("name").asText().equals(contender)) {
        return each;
      }
    }
    throw new AssertionError("no contender " + contender + " in " + RUN);
  }

  private static List<String> row(String contender) {
    String row =
        DocsLinksTest.read(Path.of("../README.md"))
            .lines()
            .filter(Pattern.compile("^\\| \\**" + contender + "\\**[: ]").asPredicate())
            .findFirst()
            .orElseThrow();
    return Arrays.stream(row.split("\\|"))
        .skip(2)
        .map(cell -> cell.replace("*", "").replace(" in one lifetime", "").strip())
        .toList();
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
