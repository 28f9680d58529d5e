package dev.corral.bench.verdict;

import static java.util.stream.Collectors.joining;

import dev.corral.bench.contender.ContenderKind;
import dev.corral.bench.report.ContenderResult;
import dev.corral.bench.report.Expectation;
import dev.corral.bench.report.PhaseResult;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Expects that a database that is out of order is left alone, that every caller is answered in time
 * all the same, and that all is well soon after the end.
 */
public final class OriginOutage {
  /** The back-off of a key that failed, as Corral has it by default. */
  private static final double BASE_SECONDS = 0.1;

  private static final double CAP_SECONDS = 5;

  /** Full jitter draws half a window on average; how far the draws of all keys may be from that. */
  private static final double TOLERANCE = 1.25;

  private static final double MOST_AMPLIFICATION = 1.1;
  private static final Set<String> WITH_BUDGET =
      Set.of(ContenderKind.CORRAL_BUDGET.shownName(), ContenderKind.CORRAL_ORIGIN.shownName());

  private final Duration loadTimeout;
  private final int keys;

  private OriginOutage(Duration loadTimeout, int keys) {
    this.loadTimeout = loadTimeout;
    this.keys = keys;
  }

  /**
   * Creates a judge.
   *
   * @param loadTimeout until when every get is to be answered
   * @param keys how many keys are asked for
   */
  public static Judge judge(Duration loadTimeout, int keys) {
    return Judge.ofCorral(new OriginOutage(loadTimeout, keys)::expectations);
  }

  private Stream<Expectation> expectations(ContenderResult result) {
    Stream<Expectation> ofAll =
        Stream.of(
            Judge.allServed(result),
            inTime(result),
            plainFailures(result),
            oneAtATime(result),
            oneAttemptAWindow(result),
            recovered(result));
    return WITH_BUDGET.contains(result.name())
        ? Stream.concat(ofAll, Stream.of(withinBudget(result)))
        : ofAll;
  }

  private Expectation inTime(ContenderResult result) {
    List<PhaseResult> phases = result.phases();
    return new Expectation(
        "%s: every get has a value or a failure within its load timeout (%d ms), hiccups aside."
            .formatted(result.name(), loadTimeout.toMillis()),
        "in ms, at most "
            + phases.stream()
                .map(p -> "%d (%s)".formatted(millis(longest(p)), p.phase().name()))
                .collect(joining(", ")),
        phases.stream().allMatch(phase -> millis(longest(phase)) <= loadTimeout.toMillis()));
  }

  private static long longest(PhaseResult phase) {
    return Math.max(0, phase.maxMicros() - phase.hiccupMicros());
  }

  private static Expectation plainFailures(ContenderResult result) {
    return new Expectation(
        result.name()
            + ": no value is wrong, and a get that fails says so by an exception of Corral.",
        "%d wrong values, failures %s".formatted(result.wrongValues(), result.exceptions()),
        result.wrongValues() == 0
            && result.exceptions().keySet().stream().allMatch(e -> e.startsWith("dev.corral.")));
  }

  private static Expectation oneAtATime(ContenderResult result) {
    return new Expectation(
        result.name() + ": no key is loaded twice at the same time, in the whole cluster.",
        "at most %d".formatted(result.maxConcurrentLoadsPerKey()),
        result.maxConcurrentLoadsPerKey() <= 1);
  }

  /** The windows are random: how many fit into a fault is known on average. */
  private Expectation oneAttemptAWindow(ContenderResult result) {
    List<PhaseResult> faults = faults(result);
    return new Expectation(
        "%s: while the database refuses, each key is tried once per back-off window."
            .formatted(result.name()),
        faults.stream()
            .map(
                phase ->
                    "%.1f failed loads a key, where the windows allow %d on average (%s)"
                        .formatted(failedPerKey(phase), windows(phase), phase.phase().name()))
            .collect(joining(", ")),
        faults.stream().allMatch(phase -> failedPerKey(phase) <= windows(phase) * TOLERANCE));
  }

  private static List<PhaseResult> faults(ContenderResult result) {
    return result.phases().stream().filter(phase -> phase.phase().fault()).toList();
  }

  /** Retries are part of the load that they try again. */
  private double failedPerKey(PhaseResult phase) {
    return (double) Math.max(0, phase.failedLoads() - phase.retries()) / keys;
  }

  private static int windows(PhaseResult phase) {
    double left = phase.phase().toSecond() - phase.phase().fromSecond();
    int windows = 0;
    while (left > 0) {
      left -= Math.min(CAP_SECONDS, BASE_SECONDS * Math.pow(2, windows)) / 2;
      windows++;
    }
    return windows;
  }

  private static Expectation withinBudget(ContenderResult result) {
    return new Expectation(
        result.name() + ": retries add at most a tenth to the loads.",
        "%.3f calls of the loader for each load, %.3f in the worst phase"
            .formatted(
                result.amplification(),
                result.phases().stream().mapToDouble(PhaseResult::amplification).max().orElse(1)),
        result.amplification() <= MOST_AMPLIFICATION);
  }

  /** A key that failed last before the end is left alone for the longest window at most. */
  private static Expectation recovered(ContenderResult result) {
    PhaseResult after = result.phases().get(result.phases().size() - 1);
    int failing = Seconds.of(result, after.phase()).untilNothingFails();
    return new Expectation(
        "%s: %d s after the end of the faults no get and no load fails any more."
            .formatted(result.name(), (int) CAP_SECONDS + 1),
        failing == 0 ? "none failed" : "the last one failed in second " + failing,
        failing <= CAP_SECONDS + 1);
  }

  private static long millis(long micros) {
    return Math.round(micros / 1000.0);
  }
}
