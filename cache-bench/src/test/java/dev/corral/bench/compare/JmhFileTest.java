package dev.corral.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JmhFileTest {
  @TempDir private Path directory;

  @Test
  void aScoreIsReadWithWhatItDependsOn() {
    JmhScore score = JmhFile.read(Recorded.file("baseline.json")).get(3);

    assertThat(score.type()).isEqualTo("LocalHitBenchmark");
    assertThat(score.method()).isEqualTo("corral");
    assertThat(score.threads()).isEqualTo(2);
    assertThat(score.params()).containsEntry("keys", "hot");
    assertThat(score.error()).isEqualTo(5);
    assertThat(score.unit()).isEqualTo("ops/us");
    assertThat(score.higherIsFaster()).isTrue();
  }

  @Test
  void anErrorThatJmhDoesNotKnowIsReadAsUnknown() {
    assertThat(JmhFile.read(Recorded.file("baseline.json")).get(5).error()).isNaN();
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
          """)
  void aScoreThatCannotBeIsRefused(String score, String error, String rule) throws Exception {
    assertRefused("[" + result(score, error) + "]", rule);
  }

  @Test
  void aBenchmarkThatIsThereTwiceIsRefused() throws Exception {
    assertRefused(
        "[" + result("1", "1") + "," + result("2", "1") + "]",
        "must hold each benchmark once, and has twice: a.B.c, ss, 1 thread");
  }

  @Test
  void aFileThatIsNotThereIsRefused() {
    Path nowhere = directory.resolve("nowhere.json");

    assertThatThrownBy(() -> JmhFile.read(nowhere))
        .isInstanceOf(BadJmhFileException.class)
        .hasMessage(nowhere + ": cannot be read: NoSuchFileException");
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
