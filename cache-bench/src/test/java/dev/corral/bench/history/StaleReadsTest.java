package dev.corral.bench.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Node 0 writes, if nothing else is said; node 1 is another one. Times are in nanoseconds. */
class StaleReadsTest {
  private static final int KEY = 7;
  private static final int WRITER = 0;
  private static final int OTHER = 1;

  private final List<Read> reads = new ArrayList<>();
  private final List<Invalidation> invalidations = new ArrayList<>();

  @Test
  void aVersionThatWasAcknowledgedToBeOldBeforeTheReadBeganIsStale() {
    acknowledged(WRITER, 5, 100);
    read(OTHER, 4, 130);

    assertThat(found().stale()).isEqualTo(1);
    assertThat(found().longestNanos()).isEqualTo(30);
  }

  @Test
  void aReadThatBeginsWithTheAcknowledgementIsNot() {
    acknowledged(WRITER, 5, 100);
    read(WRITER, 4, 100);
    read(OTHER, 4, 99);

    assertThat(found()).isEqualTo(new StaleReads(2, 0, 0, 0, 0, 0));
  }

  @Test
  void oneNanosecondLaterItIs() {
    acknowledged(WRITER, 5, 100);
    read(WRITER, 4, 101);

    assertThat(found().longestNanos()).isEqualTo(1);
  }

  @Test
  void theVersionThatWasInvalidatedForAndNewerOnesAreFine() {
    acknowledged(WRITER, 5, 100);
    read(WRITER, 5, 130);
    read(WRITER, 6, 130); // committed, and not yet invalidated for

    assertThat(found().stale()).isZero();
  }

  @Test
  void aChangeThatIsNotAcknowledgedMakesNothingStale() {
    invalidations.add(new Invalidation(WRITER, KEY, 5, 90, 100, false));
    read(WRITER, 4, 130);

    assertThat(found().stale()).isZero();
  }

  @Test
  void otherKeysDoNotMatter() {
    invalidations.add(new Invalidation(WRITER, KEY + 1, 5, 90, 100, true));
    read(WRITER, 4, 130);

    assertThat(found().stale()).isZero();
  }

  @Test
  void latenessCountsFromTheFirstAcknowledgementOfAnythingNewer() {
    acknowledged(WRITER, 5, 100);
    acknowledged(WRITER, 6, 200);
    acknowledged(WRITER, 7, 300);
    read(OTHER, 5, 350);

    assertThat(found().longestNanos()).isEqualTo(150);
  }

  @Test
  void whoeverIsToldOfTheNewerVersionFirstMakesBothOlderOnesStale() {
    acknowledged(WRITER, 5, 300);
    acknowledged(OTHER, 6, 200);
    read(2, 4, 250);
    read(2, 5, 260);

    assertThat(found().stale()).isEqualTo(2);
    assertThat(found().longestNanos()).isEqualTo(60);
  }

  @Test
  void aStaleReadCountsForTheNodeThatInvalidatedOnlyIfThatWasBefore() {
    acknowledged(WRITER, 5, 100);
    acknowledged(OTHER, 6, 200);
    read(WRITER, 4, 120); // own
    read(OTHER, 4, 150); // not yet own
    read(OTHER, 5, 210); // own
    read(WRITER, 5, 220); // the other node's

    assertThat(found().stale()).isEqualTo(4);
    assertThat(found().ownNode()).isEqualTo(2);
    assertThat(found().otherNodes()).isEqualTo(2);
  }

  @Test
  void whatANodeHadInHandBeforeDidNotArriveLate() {
    acknowledged(WRITER, 5, 100);
    loaded(OTHER, 4, 99, 42);
    loaded(OTHER, 4, 150, 42);

    assertThat(found().stale()).isEqualTo(1);
    assertThat(found().arrivedLate()).isZero();
  }

  @Test
  void whatFirstCameToANodeAfterwardsArrivedLateHoweverOldItIs() {
    acknowledged(WRITER, 5, 100);
    loaded(WRITER, 4, 50, 42);
    loaded(OTHER, 4, 150, 42); // the same value, from Redis
    loaded(OTHER, 4, 160, 42);

    assertThat(found().arrivedLate()).isEqualTo(2);
  }

  @Test
  void anotherLoadOfTheSameVersionIsAnotherValue() {
    acknowledged(WRITER, 5, 100);
    loaded(OTHER, 4, 50, 42);
    loaded(OTHER, 4, 150, 43);

    assertThat(found().arrivedLate()).isEqualTo(1);
  }

  @Test
  void readsOutsideOfTheTimeAreNotCountedButTellWhatWasInHand() {
    acknowledged(WRITER, 5, 100);
    loaded(OTHER, 4, 80, 42);
    loaded(OTHER, 4, 110, 42);
    loaded(OTHER, 4, 150, 42);
    loaded(OTHER, 4, 200, 42);

    var found = StaleReads.in(new History(reads, invalidations), 150, 200);

    assertThat(found).isEqualTo(new StaleReads(1, 1, 50, 0, 1, 0));
  }

  @Test
  void logsBringBackWhatWasNoted(@TempDir Path directory) throws Exception {
    var log = new ReadLog(3);
    log.note(2, KEY, 5, 130, 42);
    log.note(0, KEY, 4, 120, 41);
    log.write(directory.resolve("reads")); // get 1 brought no value
    acknowledged(WRITER, 5, 100);
    invalidations.add(new Invalidation(OTHER, KEY, 6, 190, 200, false));
    InvalidationLog.write(directory.resolve("invalidations"), invalidations);

    assertThat(ReadLog.read(directory.resolve("reads"), OTHER))
        .containsExactly(new Read(OTHER, KEY, 4, 120, 41), new Read(OTHER, KEY, 5, 130, 42));
    assertThat(InvalidationLog.read(directory.resolve("invalidations"))).isEqualTo(invalidations);
  }

  private void acknowledged(int node, long version, long at) {
    invalidations.add(new Invalidation(node, KEY, version, at - 10, at, true));
  }

  private void read(int node, long version, long begin) {
    loaded(node, version, begin, version);
  }

  private void loaded(int node, long version, long begin, long loadedAt) {
    reads.add(new Read(node, KEY, version, begin, loadedAt));
  }

  private StaleReads found() {
    return StaleReads.in(new History(reads, invalidations), 0, Long.MAX_VALUE);
  }
}
