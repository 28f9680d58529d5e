package dev.corral.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.bench.contender.ContenderKind;
import dev.corral.bench.count.LoadEvent;
import dev.corral.bench.node.Key;
import dev.corral.bench.node.Measurement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** The window is from 1 s to 5 s after the beginning, the lifetime 1 s. */
class TallyTest {
  private static final Key KEY = new Key("k", "1", "", 1000, 0);

  private final Tally tally =
      new Tally(List.of(KEY), Duration.ofSeconds(1), seconds(1), seconds(5));

  @Test
  void onlyLoadsAndLapsesThatBeginInTheWindowCount() {
    var result = tally.of(ContenderKind.LOCAL, loads(0.5, 1.6, 2.7, 3.8, 4.9, 6.0));

    assertThat(result.loads()).isEqualTo(4);
    assertThat(result.expiries()).isEqualTo(4);
    assertThat(result.maxLoadsPerExpiry()).isEqualTo(1);
    assertThat(result.originQps()).isEqualTo(1);
  }

  @Test
  void corralIsAllowedItsJitterAndNoMore() {
    assertThat(tally.of(ContenderKind.CORRAL, loads(0.5, 1.41)).maxLoadsPerExpiry()).isEqualTo(1);
    assertThat(tally.of(ContenderKind.CORRAL, loads(1, 1.88)).maxLoadsPerExpiry()).isEqualTo(2);
  }

  @Test
  void withoutACacheThereIsNoExpiryButABusiestLifetime() {
    var result = tally.of(ContenderKind.NONE, loads(1, 1.5, 1.9, 3.1));

    assertThat(result.expiries()).isZero();
    assertThat(result.lapsesByLoads()).isEmpty();
    assertThat(result.maxLoadsPerExpiry()).isEqualTo(3);
  }

  @Test
  void aLoadOfTheWarmUpThatStillRunsInTheWindowIsPartOfItsCrowd() {
    var measured =
        measured(
            List.of(
                new LoadEvent(0, 1, 0, seconds(0.9), seconds(1.2), true),
                new LoadEvent(1, 1, 0, seconds(1.1), seconds(1.3), true)));

    assertThat(tally.of(ContenderKind.NAIVE, measured).maxConcurrentLoadsPerKey()).isEqualTo(2);
  }

  private static Measurement loads(double... begins) {
    return measured(
        Arrays.stream(begins)
            .mapToObj(s -> new LoadEvent(0, 1, 0, seconds(s), seconds(s + 0.01), true))
            .toList());
  }

  private static Measurement measured(List<LoadEvent> loads) {
    var second = new Histogram(3);
    return new Measurement(0, 0, 0, 0, 0, Map.of(), List.of(second, second, second, second), loads);
  }

  private static long seconds(double seconds) {
    return Math.round(seconds * TimeUnit.SECONDS.toNanos(1));
  }
}
