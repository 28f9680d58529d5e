package dev.corral.history;

import static dev.corral.history.TaleAssert.assertBreaks;
import static dev.corral.history.TaleAssert.assertLegal;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** P8: what becomes of calls that could not reach Redis. All begin with a load on a, 10 to 20. */
class OutageTest {

  private final Tale tale = new Tale();
  private final Tale.Node a = tale.node("a");
  private final Tale.Node b = tale.node("b");

  @BeforeEach
  void load() {
    a.loads(10, 20, "old");
  }

  @Test
  void duringTheOutageOthersMayServeTheOldValue() {
    a.is(Kind.UNREACHABLE, 25, 90).invalidates(30, 40, Outcome.PENDING);
    b.gets(100, 101, "old");

    assertLegal(tale);
  }

  @Test
  void whenItsNodeTrustsRedisAgainNobodyMay() {
    a.is(Kind.UNREACHABLE, 25, 90).invalidates(30, 40, Outcome.PENDING);
    b.gets(101, 102, "old");

    assertBreaks(tale, Promise.P8, "PENDING");
  }

  @Test
  void aNodeThatIsCutOffItselfHasUntilItHasCaughtUp() {
    a.is(Kind.UNREACHABLE, 25, 90).invalidates(30, 40, Outcome.PENDING);
    b.is(Kind.DEAF, 80, 200).gets(200, 201, "old");

    assertLegal(tale);
  }

  @Test
  void whenThereIsNoOutageThereIsNothingToWaitFor() {
    a.invalidates(30, 40, Outcome.PENDING);
    b.gets(51, 52, "old");

    assertBreaks(tale, Promise.P8);
  }

  @Test
  void aCallerThatWasToldSeesToItItself() {
    a.is(Kind.UNREACHABLE, 25, 90).invalidates(30, 40, Outcome.UNDELIVERED);
    b.gets(101, 102, "old");

    assertLegal(tale);
  }

  @Test
  void onItsOwnNodeItCountsAtOnce() {
    a.is(Kind.UNREACHABLE, 25, 90).invalidates(30, 40, Outcome.PENDING).gets(41, 42, "old");

    assertBreaks(tale, Promise.P2);
  }

  @Test
  void anOutageThatDoesNotEndKeepsTheOldValueElsewhere() {
    a.is(Kind.UNREACHABLE, 25, 9_000).invalidates(30, 40, Outcome.PENDING);
    b.gets(5_000, 5_001, "old");

    assertLegal(tale);
  }
}
