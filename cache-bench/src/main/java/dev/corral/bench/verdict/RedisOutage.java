package dev.corral.bench.verdict;

import static java.util.stream.Collectors.joining;

import dev.corral.bench.report.ContenderResult;
import dev.corral.bench.report.Expectation;
import dev.corral.bench.report.PhaseResult;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Expects that callers hardly notice that Redis is away. The slowest get of the calm before all
 * faults tells how long a get takes here at most; the longest hiccup of a phase, how much of what
 * it takes then is due to the machine.
 */
public final class RedisOutage {
  /** Above that, what a fault adds is not to be told from what the machine does. */
  private static final long CALM_MICROS = 200_000;

  private static final int START_SECONDS = 2;

  /**
   * Of a get that is not the one that loads: it confirms what it holds, looks up, asks to be told
   * of the load, and looks up again if that has just ended.
   */
  private static final int ROUND_TRIPS = 4;

  /**
   * What is held is void when Redis comes back empty, and what was loaded since then is so again
   * when the last node finds its own history lost.
   */
  private static final int LOADS_WHEN_EMPTIED = 3;

  private final Duration commandTimeout;
  private final List<String> emptied;
  private final String slow;
  private final Duration pause;

  private RedisOutage(Duration commandTimeout, List<String> emptied, String slow, Duration pause) {
    this.commandTimeout = commandTimeout;
    this.emptied = emptied;
    this.slow = slow;
    this.pause = pause;
  }

  /**
   * Creates a judge.
   *
   * @param emptied the phases in which values live that the loss of all data makes void
   * @param slow the fault in which Redis answers, but only after a pause
   */
  public static Judge judge(
      Duration commandTimeout, List<String> emptied, String slow, Duration pause) {
    return Judge.ofCorral(new RedisOutage(commandTimeout, emptied, slow, pause)::expectations);
  }

  private Stream<Expectation> expectations(ContenderResult result) {
    return Stream.of(
        Judge.noErrors(result),
        Judge.allServed(result),
        oneLoad(result, false),
        oneLoad(result, true),
        calm(result),
        oneTimeout(result),
        slowRoundTrips(result),
        onlyAtTheStart(result));
  }

  private Expectation oneLoad(ContenderResult result, boolean voided) {
    int most = voided ? LOADS_WHEN_EMPTIED : 1;
    List<PhaseResult> phases =
        result.phases().stream()
            .filter(phase -> emptied.contains(phase.phase().name()) == voided)
            .toList();
    return new Expectation(
        voided
            ? "%s: where a Redis that comes back empty makes it void, %d times."
                .formatted(result.name(), most)
            : result.name() + ": a node loads a key at most once per life of its value.",
        "at most " + inPhases(phases, PhaseResult::maxLoadsPerExpiryAndNode),
        phases.stream().allMatch(phase -> phase.maxLoadsPerExpiryAndNode() <= most));
  }

  private static Expectation calm(ContenderResult result) {
    return new Expectation(
        "%s: without a fault no get takes more than %d ms, or the times below say nothing."
            .formatted(result.name(), millis(CALM_MICROS)),
        "%d ms".formatted(millis(slowestBefore(result))),
        slowestBefore(result) <= CALM_MICROS);
  }

  private Expectation oneTimeout(ContenderResult result) {
    List<PhaseResult> later = result.phases().subList(1, result.phases().size());
    return longer(
        result,
        "%s: no get takes more than one command timeout (%d ms) longer than the slowest before the"
                .formatted(result.name(), commandTimeout.toMillis())
            + " faults (%d ms), hiccups of the machine aside."
                .formatted(millis(slowestBefore(result))),
        later.stream().filter(phase -> !isSlow(phase)).toList(),
        commandTimeout);
  }

  private Expectation slowRoundTrips(ContenderResult result) {
    return longer(
        result,
        "%s: while each answer of Redis may take %d ms, no get takes longer by more than %d of them."
            .formatted(result.name(), pause.toMillis(), ROUND_TRIPS),
        result.phases().stream().filter(this::isSlow).toList(),
        pause.multipliedBy(ROUND_TRIPS));
  }

  private static Expectation longer(
      ContenderResult result, String rule, List<PhaseResult> phases, Duration atMost) {
    return new Expectation(
        rule,
        "in ms, longer by " + inPhases(phases, phase -> millis(added(result, phase))),
        phases.stream().allMatch(phase -> added(result, phase) <= atMost.toNanos() / 1000));
  }

  private Expectation onlyAtTheStart(ContenderResult result) {
    Predicate<PhaseResult> fault = phase -> phase.phase().fault();
    List<PhaseResult> away =
        result.phases().stream().filter(fault.and(phase -> !isSlow(phase))).toList();
    return new Expectation(
        "%s: after the first %d s without Redis no get takes longer than the slowest before the faults, hiccups of the machine aside."
            .formatted(result.name(), START_SECONDS),
        "in ms, longer by " + inPhases(away, phase -> millis(addedLater(result, phase))),
        away.stream().allMatch(phase -> addedLater(result, phase) == 0));
  }

  private boolean isSlow(PhaseResult phase) {
    return phase.phase().name().equals(slow);
  }

  private static long added(ContenderResult result, PhaseResult phase) {
    return added(result, phase.maxMicros(), phase.hiccupMicros());
  }

  private static long addedLater(ContenderResult result, PhaseResult phase) {
    Seconds later = Seconds.of(result, phase.phase()).after(START_SECONDS);
    return added(result, later.slowestMicros(), later.hiccupMicros());
  }

  /** How much longer a get took than it should, in microseconds. */
  private static long added(ContenderResult result, long micros, long hiccupMicros) {
    return Math.max(0, micros - slowestBefore(result) - hiccupMicros);
  }

  private static long slowestBefore(ContenderResult result) {
    return result.phases().get(0).maxMicros();
  }

  private static long millis(long micros) {
    return Math.round(micros / 1000.0);
  }

  private static String inPhases(List<PhaseResult> phases, ToLongFunction<PhaseResult> number) {
    return phases.stream()
        .map(phase -> "%d (%s)".formatted(number.applyAsLong(phase), phase.phase().name()))
        .collect(joining(", "));
  }
}
