package dev.corral.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JmhFileTest {
  @TempDir private Path directory;

  @Test
  void aResultIsReadWithWhatItDependsOn() {
    JmhResult result = recorded("2026-11-28/jmh/zipf-17-2.json").get(1);

    assertThat(result.id().type()).isEqualTo("LocalHitBenchmark");
    assertThat(result.id().method()).isEqualTo("corral");
    assertThat(result.id().threads()).isEqualTo(2);
    assertThat(result.id().params()).containsEntry("keys", "zipf");
    assertThat(result.conditions().text())
        .startsWith(
            "JDK 17.0.15, OpenJDK 64-Bit Server VM 17.0.15+6-Debian-1deb12u1; 8 forks, each");
    Quantity time = result.quantity(Measure.TIME).orElseThrow();
    assertThat(time.unit()).isEqualTo("ns/op");
    assertThat(time.forks().values()).hasSize(8);
    assertThat(time.jmh().orElseThrow().mean()).isBetween(473.0, 474.0);
    assertThat(time.jmh().orElseThrow().error()).isBetween(63.0, 64.0);
  }

  @Test
  void aForkIsTheMedianOfItsIterations() {
    List<JmhResult> results = recorded("2026-11-28/jmh/remote-17-1.json");

    Forks forks = results.get(0).quantity(Measure.TIME).orElseThrow().forks();

    // What the page of that day says: 28 (26 to 72).
    assertThat(Figures.of(forks)).isEqualTo("27.5 (25.7 to 71.5)");
  }

  @Test
  void ofSingleCallsThePercentilesOfEachForkAreRead() {
    JmhResult stale = recorded("2026-11-28/jmh/wake-17-1.json").get(0);

    assertThat(stale.quantities())
        .extracting(Quantity::measure, quantity -> quantity.forks().median())
        .startsWith(tuple(Measure.P50, 70.0), tuple(Measure.P99, 90.0));
    assertThat(stale.quantity(Measure.P999).orElseThrow().thin()).isFalse();
    JmhResult waiter = recorded("2026-11-28/jmh/wake-17-1.json").get(2);
    assertThat(waiter.quantity(Measure.P999).orElseThrow().thin()).isTrue();
  }

  @Test
  void ofBytesTheLeastIterationOfEachForkIsRead() {
    JmhResult hit = recorded("2026-11-24/jmh/local-hit-17-gc.json").get(3);

    assertThat(hit.quantity(Measure.ALLOCATED).orElseThrow().forks().median())
        .isLessThan(0.01); // 0.007, and 3.2 in the other
    assertThat(hit.quantity(Measure.TIME).orElseThrow().jmh().orElseThrow().error()).isNaN();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [{"benchmark"                                   | is not JSON: Unexpected end-of-input
          [] []                                           | is not JSON: Trailing token
          {"scenario": "hot-key"}                         | is not JMH's: the whole must be an array of results
          []                                              | has no results: no benchmark ran
          [1]                                             | is not JMH's: a result has no text "benchmark"
          [{"benchmark":"a.B.c"}]                         | is not JMH's: a result has no text "mode"
          [{"benchmark":"a.B.c","mode":"fast"}]           | mode of a.B.c must be thrpt, avgt, sample or ss: fast
          [{"benchmark":"a.B.c","mode":"ss"}]             | is not JMH's: a.B.c has no number "score"
          """)
  void whatIsNotJmhsIsRefusedByFileAndRule(String content, String rule) throws Exception {
    assertRefused(content, rule);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "NaN" | 1      | score of a.B.c must be a positive number: NaN
          -1    | 1      | score of a.B.c must be a positive number: -1.0
          1     | -1     | scoreError of a.B.c must not be negative: -1.0
          1     | "much" | is not JMH's: a.B.c has no number "scoreError"
          1     | 1      | is not JMH's: a.B.c has no numbers of its forks, "rawData"
          """)
  void aScoreThatCannotBeIsRefused(String score, String error, String rule) throws Exception {
    assertRefused("[" + result(score, error) + "]", rule);
  }

  @Test
  void aBenchmarkThatIsThereTwiceIsRefused() throws Exception {
    Path twice = new JmhJson().time("B.c", 1).time("B.c", 2).to(directory.resolve("twice.json"));

    assertRefused(
        Files.readString(twice),
        "must hold each benchmark once, and has twice: dev.corral.bench.jmh.B.c, avgt, 1 thread");
  }

  @Test
  void aFileThatIsNotThereIsRefused() {
    Path nowhere = directory.resolve("nowhere.json");

    assertThatThrownBy(() -> JmhFile.read(nowhere))
        .isInstanceOf(BadJmhFileException.class)
        .hasMessage(nowhere + ": cannot be read: NoSuchFileException");
  }

  private static List<JmhResult> recorded(String name) {
    return JmhFile.read(Path.of("..", "docs", "benchmarks").resolve(name));
  }

  private void assertRefused(String content, String rule) throws Exception {
    Path file = Files.writeString(directory.resolve("result.json"), content);

    assertThatThrownBy(() -> JmhFile.read(file))
        .isInstanceOf(BadJmhFileException.class)
        .hasMessageStartingWith(file + ": " + rule);
  }

  private static String result(String score, String error) {
    return """
    {"benchmark":"a.B.c","mode":"ss","threads":1,
     "primaryMetric":{"score":%s,"scoreError":%s,"scoreUnit":"ms/op"}}
    """
        .formatted(score, error);
  }
}
