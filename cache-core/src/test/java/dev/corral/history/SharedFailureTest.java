package dev.corral.history;

import static dev.corral.history.TaleAssert.assertBreaks;
import static dev.corral.history.TaleAssert.assertLegal;

import org.junit.jupiter.api.Test;

/** P1: who may load after a load that failed. */
class SharedFailureTest {

  private final Tale tale = new Tale();
  private final Tale.Node a = tale.node("a");
  private final Tale.Node b = tale.node("b");

  @Test
  void aWaiterThatGetsTheFailureIsLegal() {
    a.getsAndFails(9, 10, 40);
    b.failsToGet(12, 41);

    assertLegal(tale);
  }

  @Test
  void aWaiterThatLoadsAgainIsNot() {
    a.getsAndFails(9, 10, 40);
    b.getsAndLoads(12, 41, 45, "two", 46, "two");

    assertBreaks(tale, Promise.P1, "had waited for a load that failed");
  }

  @Test
  void aWaiterInTheSameNodeIsNoBetter() {
    a.getsAndFails(9, 10, 40).getsAndFails(8, 41, 45);

    assertBreaks(tale, Promise.P1);
  }

  @Test
  void whoComesLaterMayTry() {
    a.getsAndFails(9, 10, 40);
    b.getsAndLoads(41, 41, 45, "two", 46, "two");

    assertLegal(tale);
  }

  @Test
  void whoCameJustBeforeTheEndPerhapsDidNotWait() {
    a.getsAndFails(9, 10, 40);
    b.getsAndLoads(37, 41, 45, "two", 46, "two");

    assertLegal(tale);
  }

  @Test
  void whoWaitedMayLoadWhatWasMadeVoidMeanwhile() {
    a.getsAndFails(9, 10, 40).invalidates(20, 21);
    b.getsAndLoads(12, 41, 45, "two", 46, "two");

    assertLegal(tale);
  }

  @Test
  void whoWasNotToldMayLoad() {
    a.getsAndFails(9, 10, 40);
    b.is(Kind.LOSSY, 30, 50).getsAndLoads(12, 41, 45, "two", 46, "two");

    assertLegal(tale);
  }

  @Test
  void aRefreshInTheBackgroundWaitedForNobody() {
    a.getsAndFails(9, 10, 40);
    b.loads(41, 45, "two");

    assertLegal(tale);
  }
}
