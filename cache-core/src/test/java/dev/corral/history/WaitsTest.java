package dev.corral.history;

import static dev.corral.history.TaleAssert.assertBreaks;
import static dev.corral.history.TaleAssert.assertLegal;

import org.junit.jupiter.api.Test;

/** P3 and P4: who waits, and for how long. The load timeout is 1 s, the slack 5 ms. */
class WaitsTest {

  private final Tale tale = new Tale();
  private final Tale.Node a = tale.node("a");
  private final Tale.Node b = tale.node("b");

  @Test
  void whoServesAStaleValueWhileItIsRefreshedIsLegal() {
    a.loads(10, 20, "old").gets(100, 101, "old").loads(100, 120, "new");

    assertLegal(tale);
  }

  @Test
  void whoRefreshesAndThenServesTheStaleValueIsNot() {
    a.loads(10, 20, "old").getsAndLoads(100, 101, 119, "new", 120, "old");

    assertBreaks(tale, Promise.P3, "then returned what was there");
  }

  @Test
  void whoReturnsWhatItLoadedHadNothingToServe() {
    a.loads(10, 20, "old").getsAndLoads(100, 101, 119, "new", 120, "new");

    assertLegal(tale);
  }

  @Test
  void whoseLoadWasMadeVoidMayReturnWhatAnotherLoadedMeanwhile() {
    a.getsAndLoads(100, 101, 119, "mine", 120, "other");
    b.invalidates(102, 103).loads(104, 110, "other");

    assertLegal(tale);
  }

  @Test
  void whoIsToldThatNothingChangedServesWhatWasThere() {
    a.loads(10, 20, "old").getsAndLoads(100, 101, 119, "old", 120, "old");

    assertLegal(tale);
  }

  @Test
  void aWaitOfTheLoadTimeoutIsLegal() {
    a.failsToGet(10, 1015);

    assertLegal(tale);
  }

  @Test
  void aLongerOneIsNot() {
    a.failsToGet(10, 1016);

    assertBreaks(tale, Promise.P4, "waited 1006.000 ms");
  }

  @Test
  void anOwnLoaderMayTakeAsLongAsItLikes() {
    a.getsAndLoads(10, 12, 5_000, "one", 5_001, "one");

    assertLegal(tale);
  }

  @Test
  void waitingIsCountedBesideAnOwnLoader() {
    a.getsAndLoads(10, 1_020, 5_000, "one", 5_001, "one");

    assertBreaks(tale, Promise.P4);
  }

  @Test
  void theLoaderOfAnotherThreadIsNoExcuse() {
    a.loads(10, 5_000, "one").gets(11, 5_001, "one");

    assertBreaks(tale, Promise.P4);
  }

  @Test
  void aGetThatHasNotEndedInTimeIsSeen() {
    a.waits(10);
    b.loads(2_000, 2_001, "one");

    assertBreaks(tale, Promise.P4, "still waits after 1991.000 ms");
  }

  @Test
  void aGetThatStillHasTimeIsNotJudged() {
    a.waits(10);
    b.loads(900, 901, "one");

    assertLegal(tale);
  }

  @Test
  void aGetOfAKilledProcessNeverEnds() {
    a.waits(10).is(Kind.GONE, 50, 3_000);
    b.loads(2_000, 2_001, "one");

    assertLegal(tale);
  }

  @Test
  void theTimeThatAProcessStoodStillIsNotCounted() {
    a.is(Kind.PAUSED, 100, 700).failsToGet(10, 1_500);

    assertLegal(tale);
  }
}
