package dev.corral.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.corral.bench.compare.Comparison.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
  @TempDir private Path directory;

  @Test
  void whatIsInBothIsPairedAndTheRestIsNamed() {
    Comparison comparison =
        compare(
            new JmhJson().time("Gone.corral", 1, 1, 1).time("LocalHit.corral", 10, 11, 12),
            new JmhJson().time("LocalHit.corral", 20, 21, 22).time("New.corral", 1, 1, 1));

    assertThat(comparison.pairs())
        .extracting(pair -> pair.id().method(), pair -> pair.now().measure(), Pair::change)
        .containsExactly(tuple("corral", Measure.TIME, Change.WORSE));
    assertThat(comparison.onlyBaseline().toString()).contains("jmh.Gone.corral, avgt, 1 thread");
    assertThat(comparison.onlyCurrent().toString()).contains("jmh.New.corral, avgt, 1 thread");
    assertThat(comparison.outcome()).isEqualTo(Outcome.WORSE);
  }

  @Test
  void aParameterMoreMakesEachBenchmarkAnotherOneAndNothingIsCompared() {
    Comparison comparison =
        compare(
            new JmhJson().time("LocalHit.corral", 10, 11, 12),
            new JmhJson().time("LocalHit.corral", 20, 21, 22).param("watched", "nothing"));

    assertThat(comparison.outcome()).isEqualTo(Outcome.NOTHING_COMPARED);
    assertThat(ComparisonText.of(comparison))
        .contains("only in the baseline: dev.corral.bench.jmh.LocalHit.corral, avgt")
        .contains("only in the current file: dev.corral.bench.jmh.LocalHit.corral {watched");
  }

  @Test
  void controlsAloneOrForksTooFewAreNothingCompared() {
    assertThat(
            compare(
                    new JmhJson().time("LocalHit.caffeine", 10, 11, 12),
                    new JmhJson().time("LocalHit.caffeine", 10, 11, 12))
                .outcome())
        .isEqualTo(Outcome.NOTHING_COMPARED);
    Comparison few =
        compare(
            new JmhJson().time("LocalHit.corral", 10, 11),
            new JmhJson().time("LocalHit.corral", 20, 21));
    assertThat(few.outcome()).isEqualTo(Outcome.NOTHING_COMPARED);
    assertThat(ComparisonText.of(few)).contains("1 nothing can be told", "fewer than 3 forks");
  }

  @Test
  void aSlowerControlIsTheMachineAndTheRatioOfRatiosTellsWhatIsOurs() {
    Comparison comparison =
        compare(
            new JmhJson()
                .time("LocalHit.corral", 10, 10.1, 10.2)
                .time("LocalHit.caffeine", 40, 40.2, 40.4),
            new JmhJson()
                .time("LocalHit.corral", 10.1, 10.2, 10.3)
                .time("LocalHit.caffeine", 80, 80.4, 80.8));

    assertThat(comparison.pairs())
        .extracting(Pair::change)
        .containsExactly(Change.UNDECIDED, Change.WORSE);
    assertThat(comparison.outcome()).isEqualTo(Outcome.NOT_WORSE);
    Pair.Control control = comparison.pairs().get(0).control().orElseThrow();
    assertThat(control.method()).isEqualTo("caffeine");
    assertThat(control.ratio().value()).isBetween(0.50, 0.51);
    assertThat(ComparisonText.of(comparison))
        .containsSubsequence(
            "0 worse",
            "1 cannot be told apart",
            "caffeine", // beside ours
            "1 of others, which show what the machine did and decide nothing",
            "worse  dev.corral.bench.jmh.LocalHit.caffeine");
  }

  @Test
  void aHitThatBeginsToAllocateIsWorseThoughNoTimeCanBeTold() {
    Comparison comparison =
        compare(
            new JmhJson().time("LocalHit.corral", 10, 11).allocating(0.001),
            new JmhJson().time("LocalHit.corral", 10, 11).allocating(16.001));

    assertThat(comparison.outcome()).isEqualTo(Outcome.WORSE);
    assertThat(ComparisonText.of(comparison)).contains("allocated", "16.0 (16.0 to 16.0)", "B/op");
  }

  @Test
  void theNameThatOlderVersionsOfJmhGiveToBytesIsKnown() {
    Comparison comparison =
        compare(
            new JmhJson()
                .time("LocalHit.corral", 10, 11, 12)
                .allocatingAs("·gc.alloc.rate.norm", 0, 0, 0),
            new JmhJson().time("LocalHit.corral", 10, 11, 12).allocating(16, 16, 16));

    assertThat(comparison.outcome()).isEqualTo(Outcome.WORSE);
  }

  @Test
  void bytesThatOnlyOneRunCountedAreSaidToBeUncompared() {
    Comparison comparison =
        compare(
            new JmhJson().time("LocalHit.corral", 10, 11, 12),
            new JmhJson().time("LocalHit.corral", 10, 11, 12).allocating(16, 16, 16));

    assertThat(comparison.outcome()).isEqualTo(Outcome.NOT_WORSE);
    assertThat(ComparisonText.of(comparison)).contains("that needs -prof gc in both runs");
  }

  @Test
  void ofSingleCallsTheMedianAndTheTailAreCompared() {
    Comparison comparison =
        compare(
            new JmhJson().calls("StaleHit.corral", 10_000, 100, 101, 102),
            new JmhJson().calls("StaleHit.corral", 10_000, 200, 201, 202));

    assertThat(comparison.pairs())
        .extracting(pair -> pair.now().measure(), Pair::change)
        .containsExactly(tuple(Measure.P50, Change.WORSE), tuple(Measure.P999, Change.WORSE));
  }

  @Test
  void ofFewCallsTheTailTellsNothing() {
    JmhJson few = new JmhJson().calls("StaleHit.corral", 9_000, 100, 101, 102);

    assertThat(compare(few, few).pairs())
        .extracting(pair -> pair.now().measure(), Pair::change)
        .containsExactly(tuple(Measure.P50, Change.UNDECIDED), tuple(Measure.P999, Change.UNTOLD));
  }

  @Test
  void twoJdksAreRefusedUnlessAskedFor() {
    Path before = new JmhJson().time("A.corral", 1, 1, 1).to(directory.resolve("17.json"));
    Path now =
        new JmhJson().jdk("25.0.3").time("A.corral", 1, 1, 1).to(directory.resolve("25.json"));

    assertThatThrownBy(() -> Comparison.of(before, now, false))
        .isInstanceOf(BadJmhFileException.class)
        .hasMessageStartingWith(now + ": must be of JDK 17.0.15, as " + before)
        .hasMessageContainingAll("not of 25.0.3", "--across-jdks");
    assertThat(Comparison.of(before, now, true).pairs()).hasSize(1);
  }

  @Test
  void differentUnitsAreRefused() throws Exception {
    Path nanos = new JmhJson().time("A.corral", 1, 1, 1).to(directory.resolve("nanos.json"));
    Path micros = directory.resolve("micros.json");
    Files.writeString(micros, Files.readString(nanos).replace("ns/op", "us/op"));

    assertThatThrownBy(() -> Comparison.of(nanos, micros, false))
        .isInstanceOf(BadJmhFileException.class)
        .hasMessageStartingWith(micros + ": must measure")
        .hasMessageContaining("in ns/op, as")
        .hasMessageEndingWith("not in us/op");
  }

  private Comparison compare(JmhJson before, JmhJson now) {
    return Comparison.of(
        before.to(directory.resolve("before.json")), now.to(directory.resolve("now.json")), false);
  }
}
