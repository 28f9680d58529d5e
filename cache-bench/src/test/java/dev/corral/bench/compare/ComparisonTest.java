package dev.corral.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.bench.compare.Comparison.Pair;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
  private final Comparison comparison =
      Comparison.of(Recorded.file("baseline.json"), Recorded.file("current.json"));

  @Test
  void ofTimesTheLongerIsSlowerAndOfThroughputsTheLower() {
    assertThat(with(Speed.SLOWER))
        .extracting(pair -> pair.current().id().toString())
        .containsExactly(
            "dev.corral.bench.jmh.LocalHitBenchmark.corral {keys=hot}, avgt, 1 thread",
            "dev.corral.bench.jmh.LocalHitBenchmark.corral {keys=hot}, thrpt, 2 threads");
    assertThat(comparison.somethingGotSlower()).isTrue();
  }

  @Test
  void andTheOtherWayRoundItIsFaster() {
    assertThat(with(Speed.FASTER))
        .extracting(pair -> pair.current().id().toString())
        .containsExactly(
            "dev.corral.bench.jmh.LocalHitBenchmark.caffeine {keys=hot}, avgt, 1 thread",
            "dev.corral.bench.jmh.LocalHitBenchmark.caffeine {keys=hot}, thrpt, 2 threads");
  }

  @Test
  void withinTheErrorsOrWithoutThemNothingCanBeTold() {
    assertThat(with(Speed.UNDECIDED))
        .extracting(pair -> pair.current().score())
        .containsExactly(43.0, 550.0); // 40 ± 2 before; 55 before, with an error of "NaN"
  }

  @Test
  void whatIsInOneFileAloneIsNamed() {
    assertThat(comparison.onlyBaseline().toString()).contains("jmh.Gone.corral, avgt, 1 thread");
    assertThat(comparison.onlyCurrent().toString()).contains("jmh.New.corral, avgt, 1 thread");
  }

  @Test
  void intervalsThatTouchAreNotApart() {
    assertThat(Speed.of(time(12, 1), time(10, 1))).isEqualTo(Speed.UNDECIDED);
    assertThat(Speed.of(time(12.001, 1), time(10, 1))).isEqualTo(Speed.SLOWER);
    assertThat(Speed.of(time(8, 1), time(10, 1))).isEqualTo(Speed.UNDECIDED);
    assertThat(Speed.of(time(7.999, 1), time(10, 1))).isEqualTo(Speed.FASTER);
  }

  @Test
  void anErrorAsLargeAsTheScoreLeavesNoUpperBound() {
    Ratio ratio = Ratio.of(time(30, 1), time(10, 10));

    assertThat(ratio.value()).isEqualTo(3);
    assertThat(ratio.low()).isEqualTo(1.45);
    assertThat(ratio.high()).isInfinite();
  }

  @Test
  void theTextTellsWhatGotSlowerFirst() {
    String text = ComparisonText.of(comparison);

    assertThat(text.lines().findFirst()).contains("2 slower");
    assertThat(text)
        .contains("10.000 ± 1.000", "13.000 ± 1.000", "1.30 (1.09 to 1.56)")
        .contains("2 faster", "2 cannot be told apart", "55.000, error unknown")
        .contains("only in the baseline: dev.corral.bench.jmh.Gone.corral")
        .contains("only in the current file: dev.corral.bench.jmh.New.corral");
  }

  @Test
  void differentUnitsAreRefused(@TempDir Path directory) throws Exception {
    Path micros = directory.resolve("micros.json");
    String current = Files.readString(Recorded.file("current.json"));
    Files.writeString(micros, current.replace("ns/op", "us/op"));

    assertThatThrownBy(() -> Comparison.of(Recorded.file("baseline.json"), micros))
        .isInstanceOf(BadJmhFileException.class)
        .hasMessageStartingWith(micros + ": must measure")
        .hasMessageContaining("in ns/op, as")
        .hasMessageEndingWith("not in us/op");
  }

  private List<Pair> with(Speed speed) {
    return comparison.pairs().stream().filter(pair -> pair.speed() == speed).toList();
  }

  private static JmhScore time(double score, double error) {
    return new JmhScore("a.B.c", "avgt", 1, Map.of(), score, error, "ns/op", "17");
  }
}
