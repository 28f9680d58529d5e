package dev.corral.bench.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.bench.contender.Page;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MeasureTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final String MD5_OF_ABC = "900150983cd24fb0d6963f7d28e17f72";
  private static final Key KEY = new Key("k", "1", MD5_OF_ABC, 1000, 0);

  private final Measure measure = new Measure(SECOND, 3 * SECOND);

  @Test
  void whatTheDatabaseHoldsIsNoError() {
    measure.check(SECOND, KEY, new Page("abc", 0), SECOND);

    assertThat(measure.errors()).isZero();
  }

  @Test
  void anyOtherContentIsAWrongValue() {
    measure.check(SECOND, KEY, new Page("abd", 0), SECOND);

    assertThat(second(0).wrongValues()).isEqualTo(1);
    assertThat(measure.errors()).isEqualTo(1);
  }

  @Test
  void aValueOlderThanItsLifetimeWhenAskedForIsStale() {
    measure.check(SECOND, KEY, new Page("abc", 0), SECOND);
    assertThat(second(0).stale()).isZero();

    measure.check(SECOND, KEY, new Page("abc", 0), SECOND + 1);
    assertThat(second(0).stale()).isEqualTo(1);
    assertThat(second(0).oldestNanos()).isEqualTo(SECOND + 1);
  }

  @Test
  void exceptionsAreCountedByType() {
    measure.failed(SECOND, new IllegalStateException());
    measure.failed(SECOND, new IllegalStateException());

    assertThat(second(0).exceptions())
        .containsOnly(Map.entry(IllegalStateException.class.getName(), 2L));
    assertThat(measure.errors()).isEqualTo(2);
  }

  @Test
  void theWarmUpIsNotMeasured() {
    measure.answered(SECOND - 1, 2 * SECOND);
    measure.failed(SECOND - 1, new IllegalStateException());
    measure.check(SECOND - 1, KEY, new Page("wrong", 0), 9 * SECOND);

    assertThat(measure.gets()).isZero();
    assertThat(measure.errors()).isZero();
  }

  @Test
  void aGetThatNobodyCameToCountsWithItsWait() {
    measure.notServed(SECOND, 3 * SECOND);

    assertThat(second(0).notServed()).isEqualTo(1);
    assertThat(measure.gets()).isZero();
    assertThat(second(0).latencies().getTotalCount()).isEqualTo(1);
    assertThat(second(0).latencies().getMaxValue()).isGreaterThanOrEqualTo(2 * SECOND);
  }

  @Test
  void eachSecondHasTheGetsThatWereDueInItHoweverLateTheyWereAnswered() {
    measure.answered(SECOND, 4 * SECOND);
    measure.answered(2 * SECOND, 2 * SECOND + 1);
    measure.failed(2 * SECOND, new IllegalStateException());

    assertThat(second(0).answered()).isEqualTo(1);
    assertThat(second(0).latencies().getMaxValue()).isGreaterThanOrEqualTo(3 * SECOND);
    assertThat(second(0).errors()).isZero();
    assertThat(second(1).answered()).isEqualTo(1);
    assertThat(second(1).errors()).isEqualTo(1);
  }

  @Test
  void theLongestHiccupOfASecondIsKept() {
    measure.hiccup(SECOND, 5);
    measure.hiccup(SECOND, 7);
    measure.hiccup(SECOND, 6);
    measure.hiccup(3 * SECOND, 9); // after the window

    assertThat(second(0).hiccupNanos()).isEqualTo(7);
    assertThat(second(1).hiccupNanos()).isZero();
  }

  private Gets second(int number) {
    return measure.report().gets().get(number);
  }
}
