package dev.corral.bench.verdict;

import dev.corral.bench.report.Expectation;
import dev.corral.bench.report.HerdContender;
import dev.corral.bench.report.HerdWaits;
import dev.corral.bench.report.HerdWakeUps;
import java.util.List;
import java.util.stream.Stream;

/** Expects of Corral that a herd takes one load; what it takes of time is a goal and no more. */
public final class Herds {
  private static final double MOST_WAIT = 1.15;
  private static final double MOST_WAKE_UP = 3;

  private Herds() {}

  /** What holds on every machine, however busy it is. */
  public static List<Expectation> expectations(List<HerdContender> contenders) {
    return contenders.stream()
        .filter(HerdContender::isCorral)
        .flatMap(corral -> Stream.of(oneLoad(corral), noFailure(corral)))
        .toList();
  }

  private static Expectation oneLoad(HerdContender corral) {
    return new Expectation(
        corral.name() + ": each round takes one load, in all processes together.",
        "%,d loads in %,d rounds, at most %,d in a round, more than one in %,d"
            .formatted(
                corral.loads(),
                corral.rounds(),
                corral.maxLoadsPerRound(),
                corral.roundsWithMoreLoads()),
        corral.roundsWithMoreLoads() == 0);
  }

  private static Expectation noFailure(HerdContender corral) {
    return new Expectation(
        corral.name() + ": no get fails or brings a wrong value.",
        corral.failures() == 0
            ? "no failures"
            : "%,d failures, such as %s".formatted(corral.failures(), corral.failure()),
        corral.failures() == 0);
  }

  /** What a quiet machine should show. */
  public static List<Expectation> goals(List<HerdContender> contenders) {
    return contenders.stream()
        .filter(HerdContender::isCorral)
        .flatMap(
            corral ->
                corral.wakeUps().count() == 0
                    ? Stream.of(shortWaits(corral))
                    : Stream.of(shortWaits(corral), quickWakeUps(corral)))
        .toList();
  }

  private static Expectation shortWaits(HerdContender corral) {
    HerdWaits waits = corral.waits();
    return new Expectation(
        "%s: p99 of all waits is at most %.2f times the load.".formatted(corral.name(), MOST_WAIT),
        "%.2f times, %.1f ms".formatted(waits.p99Ratio(), waits.p99Micros() / 1e3),
        waits.p99Ratio() <= MOST_WAIT);
  }

  private static Expectation quickWakeUps(HerdContender corral) {
    HerdWakeUps wakeUps = corral.wakeUps();
    return new Expectation(
        "%s: the median wake-up in another process takes at most %.0f times a PING."
            .formatted(corral.name(), MOST_WAKE_UP),
        "%.1f times, %.0f µs".formatted(wakeUps.p50Ratio(), wakeUps.p50Micros()),
        wakeUps.p50Ratio() <= MOST_WAKE_UP);
  }
}
