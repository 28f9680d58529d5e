package dev.corral.bench.verdict;

import static java.util.stream.Collectors.joining;

import dev.corral.bench.report.ContenderResult;
import dev.corral.bench.report.Expectation;
import dev.corral.bench.report.PhaseResult;
import java.time.Duration;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Expects that callers hardly notice that Redis is away. The slowest get of the calm before all
 * faults tells how long a get takes here at most; the longest hiccup of a phase, how much of what
 * it takes then is due to the machine.
 */
public final class RedisOutage {
  private static final int START_SECONDS = 2;

  private final Duration commandTimeout;

  private RedisOutage(Duration commandTimeout) {
    this.commandTimeout = commandTimeout;
  }

  public static Judge judge(Duration commandTimeout) {
    return Judge.ofCorral(new RedisOutage(commandTimeout)::expectations);
  }

  private Stream<Expectation> expectations(ContenderResult result) {
    return Stream.of(
        Judge.noErrors(result),
        Judge.allServed(result),
        oneLoad(result),
        oneTimeout(result),
        onlyAtTheStart(result));
  }

  private static Expectation oneLoad(ContenderResult result) {
    return new Expectation(
        result.name() + ": a node loads a key at most once per life of its value.",
        "at most " + inPhases(result.phases(), PhaseResult::maxLoadsPerExpiryAndNode),
        result.maxLoadsPerExpiryAndNode() <= 1);
  }

  private Expectation oneTimeout(ContenderResult result) {
    List<PhaseResult> later = result.phases().subList(1, result.phases().size());
    return new Expectation(
        "%s: no get takes more than one command timeout (%d ms) longer than the slowest before the"
                .formatted(result.name(), commandTimeout.toMillis())
            + " faults (%d ms), hiccups of the machine aside."
                .formatted(millis(slowestBefore(result))),
        "in ms, longer by "
            + inPhases(
                later, phase -> millis(added(result, phase.maxMicros(), phase.hiccupMicros()))),
        later.stream()
            .allMatch(
                phase ->
                    added(result, phase.maxMicros(), phase.hiccupMicros())
                        <= commandTimeout.toNanos() / 1000));
  }

  private Expectation onlyAtTheStart(ContenderResult result) {
    List<PhaseResult> faults =
        result.phases().stream().filter(phase -> phase.phase().fault()).toList();
    return new Expectation(
        "%s: after the first %d s of a fault no get takes longer than the slowest before the faults, hiccups of the machine aside."
            .formatted(result.name(), START_SECONDS),
        "in ms, longer by " + inPhases(faults, phase -> millis(addedLater(result, phase))),
        faults.stream().allMatch(phase -> addedLater(result, phase) == 0));
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
