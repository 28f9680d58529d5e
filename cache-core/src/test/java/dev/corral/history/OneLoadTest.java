package dev.corral.history;

import static dev.corral.history.TaleAssert.assertBreaks;
import static dev.corral.history.TaleAssert.assertLegal;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** P1: which loads of a key may run at a time, and which not. */
class OneLoadTest {

  private final Tale tale = new Tale();
  private final Tale.Node a = tale.node("a");
  private final Tale.Node b = tale.node("b");

  @Test
  void oneAfterTheOtherIsLegal() {
    a.loads(10, 20, "one");
    b.loads(20, 30, "two");

    assertLegal(tale);
  }

  @Test
  void twoAtATimeAreNot() {
    a.loads(10, 20, "one");
    b.loads(19, 30, "two");

    assertBreaks(tale, Promise.P1, "while a load of it ran", "LOAD of 7 on b");
  }

  @Test
  void twoAtATimeInOneNodeAreNot() {
    a.loads(10, 20, "one").loads(12, 14, "two");

    assertBreaks(tale, Promise.P1);
  }

  @Test
  void twoKeysAtATimeAreLegal() {
    a.loads(10, 20, "one");
    tale.key("8");
    b.loads(10, 20, "two");

    assertLegal(tale);
  }

  @Test
  void anInvalidationInBetweenMakesTheFirstVoid() {
    a.loads(10, 20, "one");
    b.invalidates(12, 13).loads(14, 30, "two");

    assertLegal(tale);
    assertThat(tale.check().excusedOverlaps()).isEqualTo(1);
  }

  @Test
  void anInvalidationUnderWayMayHaveMadeTheFirstVoid() {
    a.loads(10, 20, "one");
    b.invalidates(12, 25).loads(14, 30, "two");

    assertLegal(tale);
  }

  @Test
  void anInvalidationThatBeginsAfterTheSecondDoesNotExcuseIt() {
    a.loads(10, 20, "one");
    b.loads(14, 30, "two").invalidates(15, 16);

    assertBreaks(tale, Promise.P1);
  }

  @Test
  void anInvalidationBeforeTheFirstWasAskedForDoesNotExcuseTheSecond() {
    b.invalidates(1, 2);
    a.loads(10, 20, "one");
    b.loads(14, 30, "two");

    assertBreaks(tale, Promise.P1);
  }

  @Test
  void anInvalidationBetweenTheLeaseAndTheLoadMakesItVoid() {
    a.getsAndLoads(1, 10, 20, "one", 21, "one");
    b.invalidates(2, 3).loads(14, 30, "two");

    assertLegal(tale);
  }

  @Test
  void whoGotItsRightBeforeAnInvalidationMayBeTheSecondToLoad() {
    a.getsAndLoads(1, 14, 30, "late", 31, "late");
    b.invalidates(2, 3).getsAndLoads(8, 10, 20, "one", 21, "one");

    assertLegal(tale);
  }

  @Test
  void theThirdOfThreeNeedsAnExcuseOfItsOwn() {
    a.loads(10, 40, "one");
    b.invalidates(12, 13).getsAndLoads(14, 14, 30, "two", 31, "two").loads(20, 25, "three");

    assertBreaks(tale, Promise.P1);
  }

  @Test
  void anInvalidationOfAllKeysMakesTheFirstVoid() {
    a.loads(10, 20, "one");
    b.clears(12, 13).loads(14, 30, "two");

    assertLegal(tale);
  }

  @Test
  void anInvalidationOfAnotherKeyDoesNot() {
    a.loads(10, 20, "one");
    tale.key("8");
    b.invalidates(12, 13);
    tale.key("7");
    b.loads(14, 30, "two");

    assertBreaks(tale, Promise.P1);
  }

  @Test
  void aPutOrAWriteMakesTheFirstVoid() {
    a.loads(10, 20, "one");
    b.puts(12, 13, "put").loads(14, 16, "two");
    a.loads(30, 40, "three");
    b.writes(32, 36, "written", 1).loads(37, 39, "four");

    assertLegal(tale);
  }

  @Test
  void aReplayMakesTheFirstVoid() {
    a.loads(10, 20, "one");
    b.replays(12, 13).loads(14, 30, "two");

    assertLegal(tale);
  }

  @Test
  void aCallThatWaitsForItsDeliveryMayMakeTheFirstVoidAtAnyTimeOfTheOutage() {
    tale.node("c").is(Kind.UNREACHABLE, 1, 50).invalidates(2, 3, Outcome.PENDING);
    a.loads(10, 20, "one");
    b.loads(14, 30, "two");

    assertLegal(tale);
  }

  @Test
  void aCallThatWasDeliveredDuringAnOutageMayNot() {
    tale.node("c").is(Kind.UNREACHABLE, 1, 50).invalidates(2, 3);
    a.loads(10, 20, "one");
    b.loads(14, 30, "two");

    assertBreaks(tale, Promise.P1);
  }

  @Test
  void aNodeThatCannotReachRedisLoadsForItself() {
    b.is(Kind.UNREACHABLE, 5, 50);
    a.loads(10, 20, "one");
    b.loads(14, 30, "two");

    assertLegal(tale);
  }

  @Test
  void theLoadOfANodeThatLostRedisIsNotKnownToTheOthers() {
    a.is(Kind.UNREACHABLE, 5, 12).loads(10, 20, "one");
    b.loads(14, 30, "two");

    assertLegal(tale);
  }

  @Test
  void anOutageThatWasOverIsNoExcuse() {
    b.is(Kind.UNREACHABLE, 1, 4);
    a.loads(10, 20, "one");
    b.loads(14, 30, "two");

    assertBreaks(tale, Promise.P1);
  }

  @Test
  void aThirdNodesOutageIsNoExcuse() {
    tale.node("c").is(Kind.UNREACHABLE, 5, 50);
    a.loads(10, 20, "one");
    b.loads(14, 30, "two");

    assertBreaks(tale, Promise.P1);
  }

  @Test
  void aNodeThatOnlyHearsNothingStillKnowsLeases() {
    b.is(Kind.DEAF, 5, 50);
    a.loads(10, 20, "one");
    b.loads(14, 30, "two");

    assertBreaks(tale, Promise.P1);
  }

  @Test
  void aPauseBeyondTheLeaseCostsIt() {
    a.loads(10, 900, "one").is(Kind.PAUSED, 20, 800);
    b.loads(400, 450, "two");

    assertLegal(tale);
  }

  @Test
  void aShortPauseIsNoExcuse() {
    a.loads(10, 900, "one").is(Kind.PAUSED, 20, 120);
    b.loads(400, 450, "two");

    assertBreaks(tale, Promise.P1);
  }

  @Test
  void aPauseThatHasOnlyBegunIsNoExcuse() {
    a.loads(10, 900, "one").is(Kind.PAUSED, 390, 800);
    b.loads(400, 450, "two");

    assertBreaks(tale, Promise.P1);
  }

  @Test
  void whatRedisLostMayHaveBeenTheLease() {
    a.loads(10, 20, "one");
    tale.everywhere().is(Kind.REDIS_LOST, 12, 12);
    b.loads(14, 30, "two");

    assertLegal(tale);
  }

  @Test
  void aLoadThatHangsGivesUpItsLeaseAtTheLoadTimeout() {
    a.hangsLoading(10);
    b.loads(1010, 1020, "two");

    assertLegal(tale);
  }

  @Test
  void aLoadThatHangsHasItsLeaseUntilThen() {
    a.hangsLoading(10);
    b.loads(900, 1020, "two");

    assertBreaks(tale, Promise.P1, "since 0.000 ms");
  }

  @Test
  void theLoadOfAKilledProcessEndsWithIt() {
    a.hangsLoading(10).is(Kind.GONE, 50, 2000);
    b.loads(400, 450, "two");

    assertLegal(tale);
  }
}
