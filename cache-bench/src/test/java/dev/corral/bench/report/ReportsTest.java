package dev.corral.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.corral.bench.contender.ContenderKind;
import dev.corral.bench.contender.Limits;
import dev.corral.bench.count.Phase;
import dev.corral.bench.report.ContenderResult.Percentile;
import dev.corral.bench.report.ContenderResult.Second;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportsTest {
  private static final Phase FROZEN = new Phase("Redis frozen", 0, 1, true);
  private static final ContenderResult NAIVE =
      new ContenderResult(
          "naive",
          1000,
          40,
          2,
          20,
          19,
          4,
          150,
          20_000,
          30_000,
          31_000,
          7,
          1,
          1,
          Map.of(),
          3,
          4000,
          0,
          Map.of(20, 2L),
          Map.of(),
          1,
          7,
          24,
          5,
          1.1,
          List.of(new Percentile(50, 150)),
          List.of(new Second(20, 150, 20_000, 31_000, 100, 1, 3, 7, 4000, 1, 900, 0)),
          List.of(
              new PhaseResult(
                  FROZEN, 100, 3, 1, Map.of(), 150, 20_000, 31_000, 900, 7, 4000, 20, 1, 5, 1.1,
                  9000, 24, 19, 20, 7)),
          null);
  private static final StampedeResult RESULT =
      new StampedeResult(
          "hot-key",
          3,
          64,
          10,
          List.of(NAIVE),
          2000,
          3000,
          20_000,
          1,
          List.of(FROZEN),
          Limits.USUAL,
          List.of(new Expectation("naive: nothing fails.", "1 error", false)),
          "2 cores </script>",
          "2026-01-01T00:00:00Z",
          null);

  @Test
  void jsonBeginsWithTheFieldsThatArePromised() throws Exception {
    var json = new ObjectMapper().readTree(ResultJson.of(RESULT));

    assertThat(names(json.fieldNames()).subList(0, 5))
        .containsExactly("scenario", "nodes", "threads", "seconds", "contenders");
    assertThat(names(json.get("contenders").get(0).fieldNames()).subList(0, 13))
        .containsExactly(
            "name",
            "gets",
            "loads",
            "expiries",
            "maxLoadsPerExpiry",
            "maxConcurrentLoadsPerKey",
            "originQps",
            "p50Micros",
            "p99Micros",
            "p999Micros",
            "maxMicros",
            "staleServed",
            "errors");
  }

  @Test
  void theReportNeedsNothingFromOutside() {
    assertThat(HtmlReport.of(RESULT))
        .doesNotContain("http")
        .doesNotContain("src=")
        .doesNotContain("href")
        .doesNotContain("@import")
        .doesNotContain("url(");
  }

  @Test
  void theReportHoldsStyleScriptAndData() {
    assertThat(HtmlReport.of(RESULT))
        .contains("prefers-color-scheme: dark", "function chart(", "\"maxLoadsPerExpiry\" : 20")
        .doesNotContain("/*style*/", "/*script*/", "/*result*/");
  }

  @Test
  void dataCannotEndTheScriptThatHoldsThem() {
    assertThat(HtmlReport.of(RESULT)).contains("2 cores <\\/script>");
  }

  @Test
  void theTableHasALineForEachContender() {
    assertThat(ConsoleTable.of(List.of(NAIVE, NAIVE)).lines())
        .hasSize(3)
        .last()
        .asString()
        .startsWith("naive")
        .contains("1,000", "20.00", "31.00");
  }

  @Test
  void thePhasesHaveATableOfTheirOwn() {
    assertThat(PhaseTable.of(List.of(NAIVE)).lines())
        .hasSize(2)
        .last()
        .asString()
        .startsWith("naive      Redis frozen")
        .contains("20.0", "31.00", "4,000");
  }

  @Test
  void aStoryIsToldInATableAndAPictureForEachStepThatRan() {
    var story =
        new Story(
            60, List.of(new Story.Step(0, "none", "no cache"), new Story.Step(2, "naive", "R")));
    StampedeResult told = RESULT.telling(story);

    assertThat(StepTable.of(story, told.contenders()).lines())
        .hasSize(2)
        .last()
        .asString()
        .startsWith("2     R ")
        .contains("40", "1,003", "999");
    assertThat(Picture.of(told))
        .extracting(Picture::fileName)
        .containsExactly("loads-per-expiry.svg", "step-2.svg");
    String strips = Picture.of(told).get(1).svg();
    assertThat(strips)
        .contains("Step 2: + R", "Redis frozen", "prefers-color-scheme: dark", "60 times")
        // Of 103 requests that were due 92 were served fresh, 7 stale, 1 failed, 3 were not served.
        .containsSubsequence("class=\"fresh\" x=\"97", "height=\"48.2\"")
        .containsSubsequence("class=\"nobody\" x=\"97", "height=\"1.6\"");
    assertThat(HtmlReport.of(told)).contains(strips);
    assertThat(ResultJson.of(RESULT)).doesNotContain("story");
  }

  @Test
  void whatIsWrittenIsReadAgain(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("result.json");
    Files.writeString(file, ResultJson.of(RESULT));

    assertThat(ResultJson.of(ResultJson.read(file))).isEqualTo(ResultJson.of(RESULT));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-28/hot-key-all.json, loads-per-expiry.svg",
    "2026-11-29/step-by-step.json, step-0.svg",
    "2026-11-29/step-by-step.json, step-1.svg",
    "2026-11-29/step-by-step.json, step-2.svg",
    "2026-11-29/step-by-step.json, step-3.svg",
    "2026-11-29/step-by-step.json, step-4.svg",
    "2026-11-29/step-by-step.json, step-5.svg",
    "2026-11-29/step-by-step.json, step-6.svg",
    "2026-11-29/step-by-step.json, step-7.svg",
  })
  void aPictureOfTheDocsShowsWhatWasMeasured(String recorded, String name) throws Exception {
    Path docs = Path.of("..", "docs");
    StampedeResult result = ResultJson.read(docs.resolve("benchmarks").resolve(recorded));

    assertThat(Picture.of(result))
        .contains(new Picture(name, Files.readString(docs.resolve("pictures").resolve(name))));
  }

  private static List<String> names(Iterator<String> names) {
    List<String> all = new ArrayList<>();
    names.forEachRemaining(all::add);
    return all;
  }

  @Test
  void everyContenderHasItsOwnColourInEveryScheme() {
    String html = HtmlReport.of(RESULT);
    for (String scheme : html.substring(0, html.indexOf("</style>")).split("--paper:", -1)) {
      if (!scheme.contains("--none:")) {
        continue; // what stands before the first scheme
      }
      List<String> colours = new ArrayList<>();
      for (ContenderKind kind : ContenderKind.values()) {
        Matcher colour =
            Pattern.compile("--" + kind.shownName() + ": (#[0-9a-f]{6});").matcher(scheme);
        assertThat(colour.find()).as(kind.shownName()).isTrue();
        colours.add(colour.group(1));
      }
      assertThat(colours).doesNotHaveDuplicates();
    }
  }
}
