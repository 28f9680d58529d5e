package dev.corral.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.bench.contender.ContenderKind;
import dev.corral.bench.count.LoadEvent;
import dev.corral.bench.count.Phase;
import dev.corral.bench.history.History;
import dev.corral.bench.history.Invalidation;
import dev.corral.bench.history.Read;
import dev.corral.bench.node.Gets;
import dev.corral.bench.node.Key;
import dev.corral.bench.node.Measurement;
import dev.corral.bench.report.ContenderResult.Second;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** The window is from 1 s to 5 s after the beginning, the lifetime 1 s. */
class TallyTest {
  private static final Key KEY = new Key("k", "1", "", 1000, 0);

  private static final Phase FIRST = new Phase("before", 0, 1, false);
  private static final Phase LAST = new Phase("broken", 1, 4, true);
  private static final Gets SLOW = gets(3, 2, 1, 7_000_000);

  private final Tally tally =
      new Tally(List.of(KEY), Duration.ofSeconds(1), seconds(1), seconds(5), List.of(FIRST, LAST));

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

  @Test
  void whereRowsChangeThereAreStaleReadsAndLoadsAnInvalidationAndNoExpiries() {
    var history =
        new History(
            List.of(
                new Read(0, 0, 1, seconds(2.6), seconds(1.7)),
                new Read(0, 0, 2, seconds(2.7), seconds(2.5)),
                new Read(1, 0, 1, seconds(1.9), seconds(1.7)),
                new Read(1, 0, 1, seconds(2.9), seconds(1.7)),
                new Read(1, 0, 1, seconds(5.1), seconds(1.7))),
            List.of(
                new Invalidation(0, 0, 2, seconds(2.3), seconds(2.4), true),
                new Invalidation(0, 0, 3, seconds(4.8), seconds(4.9), true),
                new Invalidation(0, 0, 4, seconds(4.9), seconds(4.91), false),
                new Invalidation(0, 0, 5, seconds(4.9), seconds(5.2), true)));
    var loads = List.of(load(1.6, 1.7), load(2.2, 2.5), load(2.31, 2.5), load(4.0, 4.1));

    var result =
        tally.of(
            ContenderKind.NAIVE,
            new Measurement(Collections.nCopies(4, Gets.none()), loads, history));
    var found = Objects.requireNonNull(result.staleness());

    assertThat(result.expiries()).isZero();
    assertThat(result.maxLoadsPerExpiry()).isZero();
    assertThat(found.reads()).isEqualTo(4);
    assertThat(found.invalidations()).isEqualTo(2);
    assertThat(found.failedInvalidations()).isEqualTo(1);
    assertThat(found.loadsPerInvalidation()).isEqualTo(2);
    assertThat(found.overtakenLoads()).isEqualTo(1);
    assertThat(found.staleReads()).isEqualTo(2);
    assertThat(found.maxStaleMicros()).isEqualTo(500_000);
    assertThat(found.staleReadsOnOwnNode()).isEqualTo(1);
    assertThat(found.staleReadsOnOtherNodes()).isEqualTo(1);
    assertThat(found.staleReadsArrivedLate()).isEqualTo(1);
    assertThat(found.invalidateP50Micros()).isEqualTo(100_007); // the top of the histogram's step
  }

  @Test
  void aSecondHasTheGetsDueInItAndTheLoadsBegunInIt() {
    var result = tally.of(ContenderKind.NAIVE, loads(0.5, 1.6, 2.2, 2.7, 4.9));

    assertThat(result.perSecond().stream().map(Second::loads)).containsExactly(1L, 2L, 0L, 1L);
    Second slow = result.perSecond().get(1);
    assertThat(slow.gets()).isEqualTo(3);
    assertThat(slow.staleServed()).isEqualTo(2);
    assertThat(slow.errors()).isEqualTo(1);
    assertThat(slow.oldestStaleMillis()).isEqualTo(7);
    assertThat(slow.maxMicros()).isBetween(2000L, 2010L);
    assertThat(result.perSecond().get(0).oldestStaleMillis()).isZero();
  }

  @Test
  void aPhaseHasItsSecondsAndTheLoadsAndLapsesBegunInIt() {
    var result = tally.of(ContenderKind.NAIVE, loads(0.5, 1.6, 2.7, 2.8, 4.9));

    assertThat(result.phases()).extracting(PhaseResult::phase).containsExactly(FIRST, LAST);
    PhaseResult before = result.phases().get(0);
    assertThat(before.loads()).isEqualTo(1);
    assertThat(before.gets()).isZero();
    PhaseResult broken = result.phases().get(1);
    assertThat(broken.loads()).isEqualTo(3);
    assertThat(broken.loadsPerSecond()).isEqualTo(1);
    assertThat(broken.maxLoadsPerExpiry()).isEqualTo(2);
    assertThat(broken.gets()).isEqualTo(3);
    assertThat(broken.errors()).isEqualTo(1);
    assertThat(broken.hiccupMicros()).isEqualTo(3);
    assertThat(broken.amplification()).isEqualTo(1.5); // one of its three calls was a retry
    assertThat(broken.oldestServedMillis()).isEqualTo(7);
    assertThat(broken.longestLoadMicros()).isBetween(9_999L, 10_001L);
  }

  @Test
  void theLoadsOfANodeAreCountedAsIfItWereAlone() {
    var measured =
        measured(
            List.of(
                new LoadEvent(0, 1, 0, seconds(1.1), seconds(1.2), true),
                new LoadEvent(1, 1, 0, seconds(1.2), seconds(1.3), true),
                new LoadEvent(1, 1, 0, seconds(1.9), seconds(2), false)));

    var result = tally.of(ContenderKind.NAIVE, measured);

    assertThat(result.maxLoadsPerExpiry()).isEqualTo(3);
    assertThat(result.maxLoadsPerExpiryAndNode()).isEqualTo(2);
    assertThat(result.failedLoads()).isEqualTo(1);
  }

  @Test
  void loadsOfDifferentKeysRunAtTheSameTimeToo() {
    var two = new Tally(List.of(KEY, KEY), Duration.ofSeconds(1), 0, seconds(4), List.of());
    var measured =
        measured(
            List.of(
                new LoadEvent(0, 1, 0, seconds(1.1), seconds(1.2), true),
                new LoadEvent(1, 1, 1, seconds(1.15), seconds(1.3), true)));

    var result = two.of(ContenderKind.NAIVE, measured);

    assertThat(result.maxConcurrentLoads()).isEqualTo(2);
    assertThat(result.maxConcurrentLoadsPerKey()).isEqualTo(1);
  }

  /** Gets that took 2 ms each. */
  private static Gets gets(int answered, int stale, long failed, long oldestNanos) {
    var latencies = new Histogram(3);
    latencies.recordValueWithCount(TimeUnit.MILLISECONDS.toNanos(2), answered);
    return new Gets(
        answered,
        0,
        0,
        stale,
        oldestNanos,
        3000,
        1,
        Map.of("java.io.IOException", failed),
        latencies);
  }

  private static Measurement loads(double... begins) {
    return measured(
        Arrays.stream(begins)
            .mapToObj(s -> new LoadEvent(0, 1, 0, seconds(s), seconds(s + 0.01), true))
            .toList());
  }

  private static LoadEvent load(double begin, double end) {
    return new LoadEvent(0, 1, 0, seconds(begin), seconds(end), true);
  }

  private static Measurement measured(List<LoadEvent> loads) {
    return new Measurement(
        List.of(Gets.none(), SLOW, Gets.none(), Gets.none()), loads, History.none());
  }

  private static long seconds(double seconds) {
    return Math.round(seconds * TimeUnit.SECONDS.toNanos(1));
  }
}
