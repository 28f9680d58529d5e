package dev.corral.bench.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.bench.report.Expectation;
import dev.corral.bench.report.HerdContender;
import dev.corral.bench.report.HerdWaits;
import dev.corral.bench.report.HerdWakeUps;
import java.util.List;
import org.junit.jupiter.api.Test;

class HerdsTest {

  @Test
  void aSecondLoadOfCorralIsNotMet() {
    assertThat(Herds.expectations(List.of(contender("corral", 3, 0, 0, 1.1, 2))))
        .allMatch(Expectation::met);
    assertThat(Herds.expectations(List.of(contender("corral", 4, 1, 0, 1.1, 2))))
        .filteredOn(expectation -> !expectation.met())
        .singleElement()
        .extracting(Expectation::found)
        .isEqualTo("4 loads in 3 rounds, at most 2 in a round, more than one in 1");
  }

  @Test
  void aFailedGetOfCorralIsNotMet() {
    assertThat(Herds.expectations(List.of(contender("corral", 3, 0, 2, 1.1, 2))))
        .filteredOn(expectation -> !expectation.met())
        .singleElement()
        .extracting(Expectation::found)
        .isEqualTo("2 failures, such as IOException: no");
  }

  @Test
  void noTimeIsAnExpectation() {
    HerdContender slow = contender("corral", 3, 0, 0, 90, 900);

    assertThat(Herds.expectations(List.of(slow))).allMatch(Expectation::met);
    assertThat(Herds.goals(List.of(slow))).hasSize(2).noneMatch(Expectation::met);
  }

  @Test
  void goalsAreReachedAtTheirEdge() {
    assertThat(Herds.goals(List.of(contender("corral", 3, 0, 0, 1.15, 3))))
        .hasSize(2)
        .allMatch(Expectation::met);
  }

  @Test
  void oneProcessHasNoWakeUpToJudge() {
    assertThat(Herds.goals(List.of(contender("corral", 3, 0, 0, 1.1, 0)))).hasSize(1);
  }

  @Test
  void othersMayLoadAsOftenAsTheyLike() {
    List<HerdContender> others = List.of(contender("latch", 12, 3, 0, 9, 0));

    assertThat(Herds.expectations(others)).isEmpty();
    assertThat(Herds.goals(others)).isEmpty();
  }

  private static HerdContender contender(
      String name, long loads, long more, long failures, double p99Ratio, double wakeUpRatio) {
    var waits = new HerdWaits(8, 50_000, 55_000, 56_000, 57_000, 1, p99Ratio, p99Ratio, p99Ratio);
    return new HerdContender(
        name,
        "described",
        3,
        loads,
        more == 0 ? 1 : 2,
        more,
        failures,
        failures == 0 ? "" : "IOException: no",
        50_000,
        waits,
        waits,
        waits,
        new HerdWakeUps(wakeUpRatio == 0 ? 0 : 3, 200, 300, 3, 100, 150, wakeUpRatio, wakeUpRatio));
  }
}
