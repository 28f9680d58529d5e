package dev.corral.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ChangeTest {

  @Test
  void aLongerTimeIsWorseAndAHigherThroughputIsBetter() {
    assertThat(change(Measure.TIME, forks(20, 21, 22), forks(10, 11, 12))).isEqualTo(Change.WORSE);
    assertThat(change(Measure.TIME, forks(10, 11, 12), forks(20, 21, 22))).isEqualTo(Change.BETTER);
    assertThat(change(Measure.THROUGHPUT, forks(20, 21, 22), forks(10, 11, 12)))
        .isEqualTo(Change.BETTER);
    assertThat(change(Measure.THROUGHPUT, forks(10, 11, 12), forks(20, 21, 22)))
        .isEqualTo(Change.WORSE);
  }

  @Test
  void aSpreadThatHoldsTheOtherCannotBeToldApart() {
    assertThat(change(Measure.TIME, forks(33, 34, 96, 99, 85), forks(33, 34, 35, 34, 33)))
        .isEqualTo(Change.UNDECIDED);
  }

  @Test
  void ofFewerThanThreeForksNothingCanBeTold() {
    Quantity few = quantity(Measure.TIME, "ns/op", forks(20, 20));

    assertThat(few.doubt()).contains("fewer than 3 forks");
    assertThat(Change.of(few, quantity(Measure.TIME, "ns/op", forks(10, 10, 10))))
        .isEqualTo(Change.UNTOLD);
    assertThat(Change.of(quantity(Measure.TIME, "ns/op", forks(10, 10, 10)), few))
        .isEqualTo(Change.UNTOLD);
  }

  @Test
  void bytesAreExactWithinHalfAByte() {
    assertThat(bytes(16, 0)).isEqualTo(Change.WORSE);
    assertThat(bytes(0, 16)).isEqualTo(Change.BETTER);
    assertThat(bytes(0.49, 0)).isEqualTo(Change.UNDECIDED);
    assertThat(bytes(64.6, 64)).isEqualTo(Change.WORSE);
  }

  @Test
  void ofManyBytesHalfAPercentIsLeftToOtherThreads() {
    assertThat(bytes(2009, 2000)).isEqualTo(Change.UNDECIDED);
    assertThat(bytes(2016, 2000)).isEqualTo(Change.WORSE);
  }

  @Test
  void aStepOfTheClockIsNoDifference() {
    assertThat(change(Measure.P50, forks(80, 80, 80), forks(70, 70, 70)))
        .isEqualTo(Change.UNDECIDED);
    assertThat(change(Measure.P50, forks(101, 101, 101), forks(70, 70, 70)))
        .isEqualTo(Change.WORSE);
    assertThat(
            Change.of(
                quantity(Measure.P50, "us/op", forks(70.1, 70.1, 70.1)),
                quantity(Measure.P50, "us/op", forks(70, 70, 70))))
        .isEqualTo(Change.WORSE);
  }

  @Test
  void aPercentileWithHardlyASampleBeyondItTellsNothing() {
    var thin = new Quantity(Measure.P999, "ns/op", forks(900, 900, 900), Optional.empty(), true);

    assertThat(Change.of(thin, quantity(Measure.P999, "ns/op", forks(100, 100, 100))))
        .isEqualTo(Change.UNTOLD);
  }

  private static Change bytes(double now, double before) {
    return change(Measure.ALLOCATED, forks(now), forks(before));
  }

  private static Change change(Measure measure, Forks now, Forks before) {
    return Change.of(quantity(measure, "ns/op", now), quantity(measure, "ns/op", before));
  }

  private static Quantity quantity(Measure measure, String unit, Forks forks) {
    return new Quantity(measure, unit, forks, Optional.empty(), false);
  }

  private static Forks forks(double... values) {
    return new Forks(DoubleStream.of(values).boxed().toList());
  }
}
