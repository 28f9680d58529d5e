package dev.corral.bench.verdict;

import static java.util.stream.Collectors.joining;

import dev.corral.bench.count.Phase;
import dev.corral.bench.report.ContenderResult;
import dev.corral.bench.report.Expectation;
import dev.corral.bench.report.PhaseResult;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Expects that callers hardly notice that Redis is away. How much longer a get takes is told by the
 * slowest get of a phase and the slowest of the calm before all faults.
 */
public final class RedisOutage {
  // What a get may take longer because processes share few cores.
  private static final Duration NOISE = Duration.ofMillis(100);
  private static final int START_SECONDS = 2;

  private final Duration commandTimeout;

  private RedisOutage(Duration commandTimeout) {
    this.commandTimeout = commandTimeout;
  }

  public static Judge judge(Duration commandTimeout) {
    var outage = new RedisOutage(commandTimeout);
    return Judge.ofCorral(outage::expectations);
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
    long most = result.maxLoadsPerExpiryAndNode();
    return new Expectation(
        result.name() + ": a node loads a key at most once per life of its value.",
        "at most %d loads of a node; %s"
            .formatted(most, byPhase(result.phases(), p -> p.maxLoadsPerExpiryAndNode() + "")),
        most <= 1);
  }

  private Expectation oneTimeout(ContenderResult result) {
    long calm = result.phases().get(0).maxMicros();
    long limit = calm + micros(commandTimeout.plus(NOISE));
    return new Expectation(
        "%s: no get takes longer than the slowest before the faults (%d ms) and one command timeout (%d ms); %d ms of noise are let pass."
            .formatted(result.name(), calm / 1000, commandTimeout.toMillis(), NOISE.toMillis()),
        "slowest get in ms: " + byPhase(result.phases(), p -> p.maxMicros() / 1000 + ""),
        result.phases().stream().allMatch(phase -> phase.maxMicros() <= limit));
  }

  private Expectation onlyAtTheStart(ContenderResult result) {
    long calm = result.phases().get(0).maxMicros();
    List<PhaseResult> faults =
        result.phases().stream().filter(phase -> phase.phase().fault()).toList();
    return new Expectation(
        "%s: after the first %d s of a fault no get takes longer than the slowest before the faults; %d ms of noise are let pass."
            .formatted(result.name(), START_SECONDS, NOISE.toMillis()),
        "slowest get in ms: " + byPhase(faults, p -> later(result, p.phase()) / 1000 + ""),
        faults.stream().allMatch(p -> later(result, p.phase()) <= calm + micros(NOISE)));
  }

  private static long later(ContenderResult result, Phase phase) {
    return Seconds.of(result, phase).after(START_SECONDS).slowestMicros();
  }

  private static String byPhase(
      List<PhaseResult> phases, java.util.function.Function<PhaseResult, String> number) {
    return phases.stream()
        .map(phase -> phase.phase().name() + " " + number.apply(phase))
        .collect(joining(", "));
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1000;
  }
}
