package dev.corral.bench.herd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.corral.bench.node.HistogramText;
import dev.corral.bench.report.HerdContender;
import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class HerdTallyTest {
  private static final long MS = 1_000_000;

  private final HerdTally tally = new HerdTally();

  @Test
  void waitsAreMeasuredInUnitsOfTheLoadAndApartByWhoLoaded() {
    tally.herd(
        new Round(
            List.of(report(List.of(load(1, 51)), 52, 51, 52), report(List.of(), 53, 54, 60))));

    HerdContender result = tally.of(HerdKind.CORRAL);

    assertThat(result.loadMicros()).isEqualTo(50_000);
    assertThat(result.waits().count()).isEqualTo(4);
    assertThat(result.waits().maxRatio()).isCloseTo(1.2, within(0.002));
    assertThat(result.loadingWaits().count()).isEqualTo(2);
    assertThat(result.loadingWaits().maxMicros()).isCloseTo(52_000, within(60L));
    assertThat(result.otherWaits().count()).isEqualTo(2);
    assertThat(result.otherWaits().p50Ratio()).isCloseTo(1.08, within(0.002));
  }

  @Test
  void loadsAndFailuresCountInEveryRoundAndTimesInThoseThatAreMeasured() {
    RoundReport failed =
        new RoundReport(List.of(load(0, 50), load(0, 50)), 0, 3, "IOException: no", waits(900));
    tally.warmUp(new Round(List.of(failed)));
    tally.herd(new Round(List.of(report(List.of(load(0, 50)), 50, 50))));
    tally.wakeUp(new Round(List.of(report(List.of(load(0, 50)), 50, 700))));

    HerdContender result = tally.of(HerdKind.CORRAL);

    assertThat(result.rounds()).isEqualTo(3);
    assertThat(result.loads()).isEqualTo(4);
    assertThat(result.maxLoadsPerRound()).isEqualTo(2);
    assertThat(result.roundsWithMoreLoads()).isEqualTo(1);
    assertThat(result.failures()).isEqualTo(3);
    assertThat(result.failure()).isEqualTo("IOException: no");
    assertThat(result.waits().count()).isEqualTo(1);
    assertThat(result.waits().maxMicros()).isCloseTo(50_000, within(60L));
  }

  @Test
  void loadsOfTwoProcessesInOneRoundAreTwoLoads() {
    tally.herd(
        new Round(
            List.of(report(List.of(load(0, 50)), 50, 50), report(List.of(load(0, 50)), 50, 50))));

    assertThat(tally.of(HerdKind.LATCH).roundsWithMoreLoads()).isEqualTo(1);
  }

  @Test
  void aWakeUpLastsFromTheEndOfTheLoadToTheFirstReturnInEachOtherProcess() {
    tally.wakeUp(
        new Round(
            List.of(
                report(List.of(), 53, 53),
                report(List.of(load(1, 51)), 52, 52),
                report(List.of(), 55, 55))));
    tally.ping(MS);
    tally.ping(MS);

    HerdContender result = tally.of(HerdKind.CORRAL);

    assertThat(result.wakeUps().count()).isEqualTo(2);
    assertThat(result.wakeUps().p50Micros()).isEqualTo(2_000);
    assertThat(result.wakeUps().p99Micros()).isEqualTo(4_000);
    assertThat(result.wakeUps().pings()).isEqualTo(2);
    assertThat(result.wakeUps().p50Ratio()).isEqualTo(2);
    assertThat(result.wakeUps().p99Ratio()).isEqualTo(4);
  }

  @Test
  void whereEveryProcessLoadsNobodyIsWoken() {
    tally.wakeUp(new Round(List.of(report(List.of(load(0, 50)), 50, 50))));
    tally.ping(MS);

    HerdContender result = tally.of(HerdKind.LATCH);

    assertThat(result.wakeUps().count()).isZero();
    assertThat(result.wakeUps().p50Ratio()).isZero();
    assertThat(result.wakeUps().pingP50Micros()).isEqualTo(1_000);
  }

  private static LoadTime load(long beginMillis, long endMillis) {
    return new LoadTime(beginMillis * MS, endMillis * MS);
  }

  private static RoundReport report(List<LoadTime> loads, long firstMillis, long... waitMillis) {
    return new RoundReport(loads, firstMillis * MS, 0, "", waits(waitMillis));
  }

  private static String waits(long... millis) {
    var histogram = new Histogram(3);
    Arrays.stream(millis).forEach(wait -> histogram.recordValue(wait * MS));
    return HistogramText.encode(histogram);
  }
}
