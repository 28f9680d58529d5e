package dev.corral.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class RatioTest {

  @Test
  void theIntervalIsWelchsOfTheLogarithms() {
    Ratio ratio = Ratio.of(powersOfE(1, 2, 3), powersOfE(-1, 0, 1));

    // Variances of 1: 4 degrees of freedom, for which t of 99 % is 4.604 in the tables.
    double margin = 4.604 * Math.sqrt(2.0 / 3);
    assertThat(ratio.value()).isEqualTo(Math.exp(2), within(1e-9));
    assertThat(Math.log(ratio.low())).isEqualTo(2 - margin, within(1e-3));
    assertThat(Math.log(ratio.high())).isEqualTo(2 + margin, within(1e-3));
  }

  @Test
  void aSideWithoutSpreadAddsNoDegreesOfFreedom() {
    Ratio ratio = Ratio.of(powersOfE(1, 2, 3), powersOfE(0, 0, 0));

    // 2 degrees of freedom: 9.925.
    assertThat(Math.log(ratio.high())).isEqualTo(2 + 9.925 / Math.sqrt(3), within(1e-3));
  }

  @Test
  void forksOfTwoKindsLeaveRoomForNoDifference() {
    Ratio ratio = Ratio.of(forks(33, 34, 96, 99, 85), forks(33, 34, 35, 34, 33));

    assertThat(ratio.value()).isEqualTo(85.0 / 34);
    assertThat(ratio.mayBeOne()).isTrue();
  }

  @Test
  void forksThatAgreeTellASmallDifference() {
    assertThat(Ratio.of(forks(110, 111, 112), forks(100, 101, 102)).mayBeOne()).isFalse();
    assertThat(Ratio.of(forks(101, 102, 103), forks(100, 101, 102)).mayBeOne()).isTrue();
  }

  @Test
  void ofTwoForksOrOfZeroThereIsNoInterval() {
    Ratio unknown = new Ratio(2, 0, Double.POSITIVE_INFINITY);

    assertThat(Ratio.of(forks(20, 20), forks(10, 10, 10))).isEqualTo(unknown);
    assertThat(Ratio.of(forks(20, 20, 20), forks(10, 10))).isEqualTo(unknown);
    assertThat(Ratio.of(forks(0, 20, 20), forks(10, 10, 10))).isEqualTo(unknown);
  }

  @Test
  void whatTheControlDidToIsTakenOff() {
    Forks before = forks(10, 10.1, 10.2);
    Forks now = forks(20, 20.2, 20.4);
    Forks controlBefore = forks(40, 40.2, 40.4);
    Forks controlNow = forks(80, 80.4, 80.8);

    Ratio ratio = Ratio.ofRatios(now, before, controlNow, controlBefore);

    assertThat(ratio.value()).isEqualTo(1, within(1e-9));
    assertThat(ratio.mayBeOne()).isTrue();
    assertThat(Ratio.ofRatios(now, before, controlBefore, controlBefore).low()).isGreaterThan(1.9);
  }

  private static Forks powersOfE(double... logarithms) {
    return forks(DoubleStream.of(logarithms).map(Math::exp).toArray());
  }

  private static Forks forks(double... values) {
    return new Forks(DoubleStream.of(values).boxed().toList());
  }
}
