package dev.corral.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JmhReportTest {
  @TempDir private Path directory;

  @Test
  void methodsOfAClassWithTheSameSettingStandBesideEachOther() {
    assertThat(recorded("2026-11-28/jmh/remote-17-1.json").groups())
        .extracting(Beside::title, Beside::setting, Beside::measure, group -> group.bars().size())
        .containsExactly(
            tuple("RemoteHitBenchmark", "bytes = 100, 1 thread, avgt", "time", 2),
            tuple("RemoteHitBenchmark", "bytes = 10240, 1 thread, avgt", "time", 2));
  }

  @Test
  void aBarIsTheMedianOfTheForksAndItsRatioThatOfTheMedians() {
    List<Bar> bars = recorded("2026-11-28/jmh/remote-17-1.json").groups().get(0).bars();

    assertThat(bars).extracting(Bar::name).containsExactly("corral", "jedis");
    assertThat(bars.get(0).medianAndForks()).isEqualTo("27.5 (25.7 to 71.5)");
    assertThat(bars.get(0).jmh()).isEqualTo("45.1 ± 22.5");
    assertThat(bars.get(0).ratio()).startsWith("0.46 (");
    assertThat(bars.get(0).against()).isEqualTo("jedis");
    assertThat(bars.get(0).change()).isEqualTo("cannot be told apart");
    assertThat(bars).extracting(Bar::baseline).containsExactly(false, true);
    assertThat(bars.get(1).ratio()).isEmpty();
  }

  @Test
  void ofSingleCallsMedianAndTailHaveAChartEachAndPingIsTheBaseline() {
    List<Beside> groups = recorded("2026-11-28/jmh/wake-17-1.json").groups();

    assertThat(groups)
        .extracting(Beside::title, Beside::measure)
        .containsExactly(
            tuple("StaleHitBenchmark", "p50"),
            tuple("StaleHitBenchmark", "p99"),
            tuple("StaleHitBenchmark", "p99.9"),
            tuple("WakeUpBenchmark", "p50"),
            tuple("WakeUpBenchmark", "p99"),
            tuple("WakeUpBenchmark", "p99.9"));
    assertThat(groups.get(3).bars())
        .extracting(Bar::name, Bar::against)
        .containsExactly(tuple("corral", "ping"), tuple("handOffs", "ping"), tuple("ping", ""));
    assertThat(groups.get(5).bars().get(0).change())
        .isEqualTo("fewer than 10 samples of a fork beyond it");
  }

  @Test
  void bytesHaveAChartAndNoRatio() {
    List<Beside> groups = recorded("2026-11-24/jmh/local-hit-17-gc.json").groups();

    assertThat(groups).extracting(Beside::measure).contains("allocated");
    assertThat(groups.get(1).bars()).extracting(Bar::ratio).containsOnly("");
    assertThat(groups.get(1).bars())
        .extracting(Bar::change)
        .containsExactly("", "cannot be told apart");
  }

  @Test
  void aBaselineThatIsNamedIsTaken() {
    JmhReport report = made(Optional.of("latch"));

    assertThat(report.groups().get(0).bars())
        .extracting(Bar::name, Bar::against)
        .containsExactly(tuple("corral", "latch"), tuple("latch", ""), tuple("caffeine", "latch"));
    assertThat(report.has("latch")).isTrue();
    assertThat(report.has("guava")).isFalse();
  }

  @Test
  void howItWasRunIsSaid() {
    assertThat(made(Optional.empty()).groups().get(0).facts())
        .isEqualTo(
            "JDK 17.0.15, OpenJDK 64-Bit Server VM 17.0.15+6; 3 forks, each 3 × 2 s to warm up"
                + " and 4 × 1 s measured; made.json");
  }

  @Test
  void theTablesAreMarkdown() {
    assertThat(made(Optional.empty()).markdown().lines())
        .startsWith(
            "### HerdBenchmark, time: 1 thread, avgt",
            "",
            "JDK 17.0.15, OpenJDK 64-Bit Server VM 17.0.15+6; 3 forks, each 3 × 2 s to warm up"
                + " and 4 × 1 s measured; made.json.",
            "",
            "| method | time, ns/op (least to greatest fork) | JMH's mean ± error | ratio | to |"
                + " than that |",
            "|---|---|---|---|---|---|")
        .anyMatch(
            row -> row.matches("\\| corral \\| 11\\.0 \\(10\\.0 to 12\\.0\\) \\| 11\\.0 ± .*"))
        .anyMatch(row -> row.endsWith("| caffeine | better |"));
  }

  @Test
  void thePageHoldsAllItNeedsAndNothingFromOutside() {
    assertThat(made(Optional.empty()).html())
        .contains("prefers-color-scheme: dark", "function bars(", "\"unit\" : \"ns/op\"")
        .contains(".replace(/\"/g, \"&quot;\")")
        .doesNotContain("/*style*/", "/*script*/", "/*result*/")
        .doesNotContain("http")
        .doesNotContain("src=")
        .doesNotContain("href")
        .doesNotContain("@import")
        .doesNotContain("url(");
  }

  private JmhReport made(Optional<String> baseline) {
    Path file =
        new JmhJson()
            .time("HerdBenchmark.corral", 10, 11, 12)
            .time("HerdBenchmark.latch", 20, 21, 22)
            .time("HerdBenchmark.caffeine", 30, 31, 32)
            .to(directory.resolve("made.json"));
    return JmhReport.of(List.of(file), baseline);
  }

  private static JmhReport recorded(String name) {
    Path file = Path.of("..", "docs", "benchmarks").resolve(name);
    return JmhReport.of(List.of(file), Optional.empty());
  }
}
