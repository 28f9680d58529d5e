package dev.corral.bench.verdict;

import static dev.corral.bench.verdict.Results.failing;
import static dev.corral.bench.verdict.Results.loaded;
import static dev.corral.bench.verdict.Results.slowest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.bench.report.Expectation;
import dev.corral.bench.report.Staleness;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgesTest {
  private static final Judge REDIS_OUTAGE =
      RedisOutage.judge(
          Duration.ofMillis(250), List.of("Redis killed"), "Redis slow", Duration.ofMillis(150));

  @Test
  void aFailedGetOfAnyContenderIsAnError() {
    var clean = Results.ofNothing().named("naive").phase("all", false, failing(0));
    var dirty = Results.ofNothing().named("local").phase("all", false, failing(2));

    List<Expectation> found = Judge.noErrors().judge(List.of(clean.result(), dirty.result()));

    assertThat(found).extracting(Expectation::met).containsExactly(true, false);
    assertThat(found.get(1).found())
        .contains("2 errors")
        .contains("dev.corral.LoadFailedException");
  }

  @Test
  void aStormIsMetIfOtherNodesAreLateByTwoIntervalsAtMostAndTheirOwnNever() {
    assertThat(missed(InvalidationStorm.judge(), storm(9, 2_000_000, 0, 0))).isEmpty();
  }

  @Test
  void eachKindOfStaleReadIsMissedForItself() {
    assertThat(missed(InvalidationStorm.judge(), storm(9, 2_000_001, 0, 0)))
        .singleElement()
        .asString()
        .contains("within 2000 ms at most");
    assertThat(missed(InvalidationStorm.judge(), storm(9, 10, 1, 0)))
        .singleElement()
        .asString()
        .contains("a node that has invalidated a key reads nothing older");
    assertThat(missed(InvalidationStorm.judge(), storm(9, 10, 0, 1)))
        .singleElement()
        .asString()
        .contains("nothing old comes to a node once the invalidation has returned");
  }

  @Test
  void aStormInWhichNoLoadWasOvertakenTestsNothing() {
    assertThat(missed(InvalidationStorm.judge(), storm(0, 10, 0, 0)))
        .singleElement()
        .asString()
        .contains("or this would be no test");
  }

  private static Results storm(long overtaken, long latestMicros, long ownNode, long late) {
    return Results.ofNothing()
        .staleness(
            new Staleness(
                100, 10, 0, 1, overtaken, ownNode + 3, latestMicros, ownNode, 3, late, 1, 2));
  }

  @Test
  void nothingIsExpectedOfOthersThanCorral() {
    var naive = Results.ofNothing().named("naive").phase("before", false, failing(5));

    assertThat(REDIS_OUTAGE.judge(List.of(naive.result()))).isEmpty();
  }

  @Test
  void aRedisThatIsAwayMayCostOneTimeoutAtTheStartAndWhatTheMachineCosts() {
    var result =
        Results.ofNothing()
            .phase("before", false, slowest(40, 0))
            .phase("Redis frozen", true, slowest(290, 0), slowest(310, 20), slowest(55, 15))
            .phase("thawed", false, slowest(40, 0));

    assertThat(missed(REDIS_OUTAGE, result)).isEmpty();
  }

  @Test
  void moreThanATimeoutIsTooMuch() {
    var result =
        Results.ofNothing()
            .phase("before", false, slowest(40, 0))
            .phase("Redis frozen", true, slowest(302, 11), slowest(40, 0))
            .phase("thawed", false, slowest(292, 0));

    assertThat(missed(REDIS_OUTAGE, result))
        .singleElement()
        .asString()
        .contains("one command timeout (250 ms) longer")
        .contains("251 (Redis frozen), 252 (thawed)");
  }

  @Test
  void afterTheStartOfAFaultNothingIsAllowed() {
    var result =
        Results.ofNothing()
            .phase("before", false, slowest(40, 0))
            .phase("Redis frozen", true, slowest(40, 0), slowest(40, 0), slowest(47, 5));

    assertThat(missed(REDIS_OUTAGE, result))
        .singleElement()
        .asString()
        .contains("after the first 2 s without Redis")
        .contains("2 (Redis frozen)");
  }

  @Test
  void aNodeThatLoadsTwiceIsTold() {
    var result = Results.ofNothing().loadsOfANode(2).phase("before", false, slowest(1, 0));

    assertThat(missed(REDIS_OUTAGE, result))
        .singleElement()
        .asString()
        .contains("a node loads a key at most once", "2 (before)");
  }

  @Test
  void aNodeMayLoadAgainWhatALossOfDataHasVoided() {
    var empty = Results.ofNothing().phase("Redis killed", true, slowest(1, 0));

    assertThat(missed(REDIS_OUTAGE, empty.loadsOfANode(3))).isEmpty();
    assertThat(missed(REDIS_OUTAGE, empty.loadsOfANode(4)))
        .singleElement()
        .asString()
        .contains("comes back empty", "4 (Redis killed)");
  }

  @Test
  void aSlowRedisMayCostFourOfItsAnswersAtAnyTime() {
    var calm = Results.ofNothing().phase("before", false, slowest(40, 0));

    assertThat(
            missed(
                REDIS_OUTAGE,
                calm.phase("Redis slow", true, slowest(640, 0), slowest(640, 0), slowest(650, 10))))
        .isEmpty();
    assertThat(missed(REDIS_OUTAGE, calm.phase("Redis slow", true, slowest(641, 0))))
        .singleElement()
        .asString()
        .contains("by more than 4 of them", "601 (Redis slow)");
  }

  @Test
  void wherePeaceIsNoPeaceNothingCanBeSaid() {
    var noisy = Results.ofNothing().phase("before", false, slowest(201, 0));

    assertThat(missed(REDIS_OUTAGE, noisy)).singleElement().asString().contains("201 ms");
  }

  @Test
  void aColdStartLoadsEachKeyOnceAndWithinThePermits() {
    Judge judge = ColdStart.judge(12);

    assertThat(missed(judge, limited().loads(500, 500).atOnce(12))).isEmpty();
    assertThat(missed(judge, limited().loads(501, 500).atOnce(12))).hasSize(1);
    assertThat(missed(judge, limited().loads(500, 500).atOnce(13))).hasSize(1);
    assertThat(missed(judge, Results.ofNothing().atOnce(13))).isEmpty();
    assertThat(missed(judge, Results.ofNothing().notServed(1))).hasSize(1);
  }

  @Test
  void aDeployMustNotBeSeenInTheBusiestSecondOfTheDatabase() {
    var quiet =
        Results.ofNothing()
            .phase("before", false, loaded(50), loaded(100))
            .phase("node 1 restarts", true, loaded(119), loaded(119))
            .phase("after", false, loaded(10));
    var loud =
        Results.ofNothing()
            .phase("before", false, loaded(50), loaded(100))
            .phase("node 1 restarts", true, loaded(1), loaded(121));

    assertThat(missed(Deploy.judge(), quiet)).isEmpty();
    assertThat(missed(Deploy.judge(), loud))
        .singleElement()
        .asString()
        .contains("100 loads in the busiest second before, 121");
    assertThat(missed(Deploy.judge(), quiet.loadsPerExpiry(2))).hasSize(1);
  }

  @Test
  void anOutageOfTheOriginIsAnsweredInTimeAndForgottenSoon() {
    Judge judge = OriginOutage.judge(Duration.ofSeconds(2), 10);
    var well =
        Results.ofNothing()
            .named("corral-budget")
            .phase("before", false, slowest(40, 0))
            .phase("database refuses", true, failing(3), slowest(2010, 10))
            .phase("after", false, failing(3), slowest(40, 0), slowest(40, 0));

    assertThat(missed(judge, well)).isEmpty();
    assertThat(missed(judge, well.amplification(1.2)))
        .singleElement()
        .asString()
        .contains("at most a tenth", "1.200 calls");
    assertThat(missed(judge, well.named("corral-no-budget"))).isEmpty();
  }

  @Test
  void aGetThatTakesLongerThanItsLoadMayIsTold() {
    var late =
        Results.ofNothing()
            .phase("before", false, slowest(40, 0))
            .phase("database slow", true, slowest(2012, 11));

    assertThat(missed(OriginOutage.judge(Duration.ofSeconds(2), 10), late))
        .singleElement()
        .asString()
        .contains("within its load timeout (2000 ms)", "2001 (database slow)");
  }

  @Test
  void failuresLongAfterTheEndAreTold() {
    var lasting =
        Results.ofNothing()
            .phase("database refuses", true, failing(3))
            .phase(
                "after",
                false,
                failing(1),
                failing(1),
                failing(1),
                failing(1),
                failing(1),
                failing(1),
                failing(1));

    assertThat(missed(OriginOutage.judge(Duration.ofSeconds(2), 10), lasting))
        .singleElement()
        .asString()
        .contains("the last one failed in second 7");
  }

  @Test
  void aKeyThatIsTriedTooOftenIsTold() {
    var often =
        Results.ofNothing()
            .failedLoads(60)
            .phase("database refuses", true, failing(3))
            .phase("after", false, slowest(1, 0));

    // One second has room for 5 windows of half of 100, 200, 400, 800 and 1600 ms.
    assertThat(missed(OriginOutage.judge(Duration.ofSeconds(2), 10), often.failedLoads(62)))
        .isEmpty();
    assertThat(missed(OriginOutage.judge(Duration.ofSeconds(2), 10), often.failedLoads(63)))
        .singleElement()
        .asString()
        .contains("6.3 failed loads a key", "5 on average");
  }

  private static Results limited() {
    return Results.ofNothing().named("corral-origin");
  }

  private static List<Expectation> missed(Judge judge, Results results) {
    return judge.judge(List.of(results.result())).stream().filter(e -> !e.met()).toList();
  }
}
