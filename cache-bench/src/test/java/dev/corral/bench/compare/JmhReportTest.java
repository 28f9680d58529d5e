package dev.corral.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.corral.bench.compare.Beside.Bar;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JmhReportTest {

  @Test
  void methodsOfAClassWithTheSameSettingStandBesideEachOther() {
    assertThat(report(Optional.empty()).groups())
        .extracting(Beside::title, Beside::setting, group -> group.bars().size())
        .startsWith(
            tuple("LocalHitBenchmark", "keys = hot, 1 thread, avgt, Java 17.0.15, current.json", 2),
            tuple(
                "LocalHitBenchmark", "keys = zipf, 1 thread, avgt, Java 17.0.15, current.json", 1),
            tuple(
                "LocalHitBenchmark", "keys = hot, 2 threads, thrpt, Java 17.0.15, current.json", 2))
        .hasSize(5);
  }

  @Test
  void whatIsNotCorralIsTheBaseline() {
    List<Bar> bars = report(Optional.empty()).groups().get(0).bars();

    assertThat(bars).extracting(Bar::name).containsExactly("corral", "caffeine");
    assertThat(bars).extracting(Bar::baseline).containsExactly(false, true);
    assertThat(bars.get(0).ratio()).isEqualTo(new Ratio(13.0 / 15, 12.0 / 16, 1));
    assertThat(bars.get(0).speed()).isEqualTo("cannot be told apart");
    assertThat(bars.get(1).ratio()).isNull();
  }

  @Test
  void aBaselineThatIsNamedIsTaken() {
    JmhReport report = report(Optional.of("corral"));

    List<Bar> bars = report.groups().get(2).bars();
    assertThat(bars).extracting(Bar::baseline).containsExactly(true, false);
    assertThat(bars.get(1).speed()).isEqualTo("cannot be told apart");
    assertThat(report.hasBaseline()).isTrue();
    assertThat(report(Optional.of("guava")).hasBaseline()).isFalse();
  }

  @Test
  void aClassOfCorralAloneHasNoRatios() {
    Bar alone = report(Optional.empty()).groups().get(1).bars().get(0);

    assertThat(alone.baseline()).isFalse();
    assertThat(alone.ratio()).isNull();
    assertThat(alone.speed()).isNull();
  }

  @Test
  void thePageHoldsAllItNeedsAndNothingFromOutside() {
    assertThat(report(Optional.empty()).html())
        .contains("prefers-color-scheme: dark", "function bars(", "\"unit\" : \"ns/op\"")
        .doesNotContain("/*style*/", "/*script*/", "/*result*/")
        .doesNotContain("http")
        .doesNotContain("src=")
        .doesNotContain("href")
        .doesNotContain("@import")
        .doesNotContain("url(");
  }

  private static JmhReport report(Optional<String> baseline) {
    return JmhReport.of(List.of(Recorded.file("current.json")), baseline);
  }
}
