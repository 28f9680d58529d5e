package dev.corral.history;

import static dev.corral.history.TaleAssert.assertBreaks;
import static dev.corral.history.TaleAssert.assertLegal;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** P2: which values a get may return after which calls. All begin with a load on a, 10 to 20. */
class NoValueFromBeforeTest {

  private final Tale tale = new Tale();
  private final Tale.Node a = tale.node("a");
  private final Tale.Node b = tale.node("b");

  @BeforeEach
  void load() {
    tale.origin(1, 2, 1);
    a.loads(10, 20, "old", 1);
  }

  @Test
  void theOldValueIsLegalUntilTheCallReturns() {
    a.invalidates(30, 40).gets(40, 41, "old");

    assertLegal(tale);
    assertThat(tale.check().worstStaleness()).isZero();
  }

  @Test
  void aGetThatBeganBeforeTheReturnMayTakeItsTime() {
    a.invalidates(30, 40).gets(39, 90, "old");

    assertLegal(tale);
  }

  @Test
  void theOldValueIsGoneAtOnceOnTheNodeThatCalled() {
    a.invalidates(30, 40).gets(41, 42, "old");

    assertBreaks(
        tale, Promise.P2, "from 20.000 ms before a call", "1.000 ms after that call's end");
  }

  @Test
  void aValueWhoseLoadBeganDuringTheCallIsLegal() {
    b.loads(31, 45, "new", 1);
    a.invalidates(30, 40).gets(41, 46, "new");

    assertLegal(tale);
  }

  @Test
  void theOldValueIsLegalOnAnotherNodeForAWhile() {
    a.invalidates(30, 40);
    b.gets(50, 51, "old");

    assertLegal(tale);
    assertThat(tale.check().worstStaleness()).isEqualTo(Duration.ofMillis(10));
  }

  @Test
  void theOldValueIsNotLegalOnAnotherNodeForLonger() {
    a.invalidates(30, 40);
    b.gets(51, 52, "old");

    assertBreaks(tale, Promise.P2, "worst staleness 11.000 ms");
  }

  @Test
  void throughRedisTheOldValueIsGoneAtOnceOnAnotherNodeToo() {
    a.invalidates(30, 40);
    b.gets(41, 42, "old", Source.REMOTE);

    assertBreaks(tale, Promise.P2);
  }

  @Test
  void aNodeThatIsCutOffMayServeItUntilItHasCaughtUp() {
    a.invalidates(30, 40);
    b.is(Kind.DEAF, 35, 90).gets(90, 91, "old");

    assertLegal(tale);
    assertThat(tale.check().worstStaleness()).as("not while it could hear").isZero();
  }

  @Test
  void aNodeThatIsCutOffMayNotServeItAfterwards() {
    a.invalidates(30, 40);
    b.is(Kind.UNREACHABLE, 35, 90).gets(91, 92, "old");

    assertBreaks(tale, Promise.P2);
  }

  @Test
  void aNodeThatHadCaughtUpBeforeHasNoMoreTimeThanOthers() {
    a.invalidates(30, 40);
    b.is(Kind.DEAF, 25, 45).gets(51, 52, "old");

    assertBreaks(tale, Promise.P2);
  }

  @Test
  void lostMessagesAreNoExcuse() {
    a.invalidates(30, 40);
    b.is(Kind.LOSSY, 25, 90).gets(51, 52, "old");

    assertBreaks(tale, Promise.P2);
  }

  @Test
  void aNodeThatStoodStillHasTheBoundAfterwards() {
    a.invalidates(30, 40);
    b.is(Kind.PAUSED, 41, 90).gets(100, 101, "old");

    assertLegal(tale);
  }

  @Test
  void aNodeThatStoodStillHasNoMoreThanTheBoundAfterwards() {
    a.invalidates(30, 40);
    b.is(Kind.PAUSED, 41, 90).gets(101, 102, "old");

    assertBreaks(tale, Promise.P2);
  }

  @Test
  void whatAllKeysLoseEachKeyLoses() {
    a.clears(30, 40).gets(41, 42, "old");

    assertBreaks(tale, Promise.P2, "INVALIDATE_ALL on a");
  }

  @Test
  void anotherKeysCallIsNothingToThisOne() {
    tale.key("8");
    a.invalidates(30, 40);
    tale.key("7");
    a.gets(41, 42, "old");

    assertLegal(tale);
  }

  @Test
  void aLoadThatReadAnOldVersionAfterTheCallIsSeen() {
    tale.origin(25, 26, 2);
    a.invalidates(30, 40).loads(41, 42, "late", 1).gets(43, 44, "late");

    assertBreaks(tale, Promise.P2, "while the origin held a later one");
  }

  @Test
  void aChangeOfTheOriginThatWasNotOverBeforeTheCallIsNotCounted() {
    tale.origin(25, 31, 2);
    a.invalidates(30, 40).loads(41, 42, "late", 1).gets(43, 44, "late");

    assertLegal(tale);
  }

  @Test
  void aChangeInTheOriginAloneMakesNothingVoid() {
    tale.origin(25, 26, 2);
    a.gets(60, 61, "old");

    assertLegal(tale);
  }

  @Test
  void aPutTakesThePlaceOfWhatWasLoadedBefore() {
    a.puts(30, 40, "put").gets(41, 42, "old");

    assertBreaks(tale, Promise.P2);
  }

  @Test
  void aPutThatFailedLeavesEverythingAsItMayBe() {
    a.puts(30, 40, "put", Outcome.UNDELIVERED).gets(41, 42, "old").gets(43, 44, "put");

    assertLegal(tale);
  }

  @Test
  void aPutAtTheTimeOfAnInvalidationMayComeAfterIt() {
    a.puts(29, 35, "put");
    b.invalidates(30, 40).gets(41, 42, "put");

    assertLegal(tale);
  }

  @Test
  void aPutBeforeAnInvalidationDoesNot() {
    a.puts(25, 29, "put");
    b.invalidates(30, 40).gets(41, 42, "put");

    assertBreaks(tale, Promise.P2);
  }

  @Test
  void aWrittenValueIsTheNewOne() {
    a.writes(30, 40, "written", 2).gets(41, 42, "written");
    b.gets(60, 61, "written");

    assertLegal(tale);
  }

  @Test
  void ofTwoWritersAtATimeTheEarlierVersionMustNotStay() {
    a.writes(30, 45, "first", 2);
    b.writes(32, 40, "second", 3).gets(46, 47, "first");

    assertBreaks(tale, Promise.P2, "version 2");
  }

  @Test
  void aLoadThatReadBeforeTheOriginChangedIsVoidWhenTheChangeIsOver() {
    b.loads(31, 33, "between", 1);
    a.changes(30, 40, 2).gets(41, 42, "between");

    assertBreaks(tale, Promise.P2);
  }

  @Test
  void duringAChangeBothSidesAreLegal() {
    b.loads(31, 33, "between", 1).gets(34, 35, "old").gets(34, 35, "between");
    a.changes(30, 40, 2);

    assertLegal(tale);
  }

  @Test
  void aChangeThatThrewMakesTheOldValueVoidAllTheSame() {
    a.changes(30, 40, 2, Outcome.FAILED).gets(41, 42, "old");

    assertBreaks(tale, Promise.P2);
  }

  @Test
  void anUndeliveredCallCountsAtOnceOnItsOwnNode() {
    a.invalidates(30, 40, Outcome.UNDELIVERED).gets(41, 42, "old");

    assertBreaks(tale, Promise.P2);
  }

  @Test
  void anUndeliveredCallCountsElsewhereFromItsReplay() {
    a.invalidates(30, 40, Outcome.UNDELIVERED).replays(100, 110);
    b.gets(90, 91, "old").gets(120, 121, "old");

    assertLegal(tale);
  }

  @Test
  void afterItsReplayAnUndeliveredCallIsLikeAnyOther() {
    a.invalidates(30, 40, Outcome.UNDELIVERED).replays(100, 110);
    b.gets(121, 122, "old");

    assertBreaks(tale, Promise.P2);
  }

  @Test
  void theReplayOfAnotherNodeIsNotItsReplay() {
    a.invalidates(30, 40, Outcome.UNDELIVERED);
    b.replays(100, 110).gets(121, 122, "old");

    assertLegal(tale);
  }

  @Test
  void anUndeliveredCallForAllKeysIsReplayedForAllKeys() {
    a.clears(30, 40, Outcome.UNDELIVERED).replaysClear(100, 110);
    b.gets(121, 122, "old");

    assertBreaks(tale, Promise.P2);
  }

  @Test
  void whatRedisLostWithACallIsNotPromised() {
    a.invalidates(30, 40).gets(41, 42, "old");
    tale.everywhere().is(Kind.REDIS_LOST, 35, 60);

    assertLegal(tale);
  }

  @Test
  void aCallThatIsNotOverIsNotYetACall() {
    a.invalidates(30, 1000).gets(100, 101, "old");

    assertLegal(tale);
  }

  @Test
  void thatTheOriginHasNoValueGetsOldToo() {
    tale.key("8");
    a.loadsNothing(10, 20).invalidates(30, 40).getsNothing(41, 42);

    assertBreaks(tale, Promise.P2);
  }

  @Test
  void thatTheOriginHasNoValueMayHaveBeenLoadedAnew() {
    tale.key("8");
    a.loadsNothing(10, 20).invalidates(30, 40).getsNothing(41, 46);
    b.loadsNothing(42, 45);

    assertLegal(tale);
  }

  @Test
  void aValueThatALaterLoadConfirmedIsAsGoodAsNew() {
    a.invalidates(30, 40).loads(41, 45, "old", 1).gets(46, 47, "old");

    assertLegal(tale);
  }

  @Test
  void theWorstIsMeasuredFromTheFirstCallThatCounted() {
    a.invalidates(30, 31).invalidates(35, 36);
    b.gets(38, 39, "old");

    assertLegal(tale);
    assertThat(tale.check().worstStaleness()).isEqualTo(Duration.ofMillis(7));
  }
}
