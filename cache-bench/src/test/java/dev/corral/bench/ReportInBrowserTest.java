package dev.corral.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.bench.browser.Browser;
import dev.corral.bench.browser.Page;
import dev.corral.bench.compare.JmhReport;
import dev.corral.bench.report.HtmlReport;
import dev.corral.bench.report.ResultJson;
import dev.corral.bench.report.StampedeResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The report as a person sees it: from a file, without a network, in light and in dark. */
class ReportInBrowserTest {
  private static final List<String> SCHEMES = List.of("light", "dark");
  private static final Path RECORDED = Path.of("..", "docs", "benchmarks");
  private static final Path PICTURES = Path.of("target", "report-pictures");

  @TempDir private static Path profile;

  private static @Nullable Browser browser;

  @TempDir private Path directory;

  @BeforeAll
  static void start() throws IOException {
    Optional<Path> program = Browser.find();
    if (program.isEmpty()) {
      String missing =
          "No Chromium here (Debian's package chromium has it): the report is NOT looked at";
      System.err.println(missing);
      Assumptions.abort(missing);
    }
    browser = Browser.start(program.get(), profile);
    Files.createDirectories(PICTURES);
  }

  @AfterAll
  static void end() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void theReportOfASmallRunHasNoFault() throws Exception {
    var said = new StringWriter();
    var out = new PrintWriter(said, true);
    int exitCode =
        Stampede.run(
            out,
            out,
            "hot-key",
            "--nodes",
            "1",
            "--threads",
            "4",
            "--seconds",
            "1",
            "--ttl",
            "500ms",
            "--rate",
            "50",
            "--contenders",
            "naive,corral",
            "--out",
            directory.toString());
    assertThat(exitCode).as(said.toString()).isZero();

    assertNoFault(directory.resolve("report.html"), "hot-key");
  }

  @Test
  void theReportOfASmallHerdHasNoFault() throws Exception {
    var said = new StringWriter();
    var out = new PrintWriter(said, true);
    int exitCode =
        Stampede.run(
            out,
            out,
            "herd",
            "--processes",
            "2",
            "--waiters",
            "4",
            "--rounds",
            "1",
            "--warm-up",
            "0",
            "--out",
            directory.toString());
    assertThat(exitCode).as(said.toString()).isZero();

    assertNoFault(directory.resolve("report.html"), "herd");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-24/origin-outage.json",
        "2026-11-28/hot-key-all.json",
        "2026-11-28/invalidation-storm-all.json",
        "2026-11-29/step-by-step.json",
      })
  void theReportOfARecordedRunHasNoFault(String recorded) throws Exception {
    StampedeResult result = ResultJson.read(RECORDED.resolve(recorded));
    Path report = directory.resolve("report.html");
    Files.writeString(report, HtmlReport.of(result));

    assertNoFault(report, recorded.replaceAll(".*/|\\.json", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-24/jmh/local-hit-17-gc.json",
        "2026-11-28/jmh/herd-17.json",
        "2026-11-28/jmh/wake-17-1.json",
      })
  void thePageOfResultsOfJmhHasNoFault(String recorded) throws Exception {
    JmhReport results = JmhReport.of(List.of(RECORDED.resolve(recorded)), Optional.empty());
    Path report = directory.resolve("jmh.html");
    Files.writeString(report, results.html());

    assertNoFault(report, "jmh-" + recorded.replaceAll(".*/|\\.json", ""));
  }

  @Test
  void whatIsWrongWithAPageIsSeen() throws Exception {
    Path bad = directory.resolve("bad.html");
    Files.writeString(
        bad,
        """
        <!DOCTYPE html><html><body style="background:#fff;color:#999">pale
        <img src="https://example.invalid/picture.png">
        <figure><svg viewBox="0 0 10 10"><text x="5" y="50">below</text></svg></figure>
        <script>console.error("no"); undefinedFunction();</script></body></html>
        """);

    assertThat(open(bad, "light").faults())
        .anyMatch(fault -> fault.startsWith("script error") && fault.contains("undefinedFunction"))
        .anyMatch(fault -> fault.startsWith("console: \"error\""))
        .contains("request: \"https://example.invalid/picture.png\"")
        .anyMatch(fault -> fault.startsWith("chart without title"))
        .anyMatch(fault -> fault.startsWith("chart without units"))
        .anyMatch(fault -> fault.startsWith("chart without legend"))
        .anyMatch(fault -> fault.startsWith("text outside its chart"))
        .contains("contrast 2.85 of BODY.: pale");
  }

  private static void assertNoFault(Path report, String name) throws IOException {
    for (String scheme : SCHEMES) {
      Page page = open(report, scheme);
      page.picture(PICTURES.resolve(name + "-" + scheme + ".png"));
      assertThat(page.faults()).as(scheme).isEmpty();
      assertThat(page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches").asBoolean())
          .isEqualTo(scheme.equals("dark"));
    }
  }

  private static Page open(Path page, String scheme) {
    if (browser == null) {
      throw new IllegalStateException("There is no browser");
    }
    return browser.open(page, scheme);
  }
}
